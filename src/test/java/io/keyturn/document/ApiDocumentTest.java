package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ApiDocumentTest {
  /** What the server reads. */
  static final Path FILE = Path.of("src/main/webapp/META-INF/openapi.json");

  /** The server reads the file and no annotations: that would lengthen each start. */
  @Test
  void fileSaysWhatTheCodeSays() throws IOException {
    String code = CodeDocument.json();
    Path written = Path.of("target/openapi.json");
    Files.writeString(written, code);

    assertThat(Files.readString(FILE))
        .as("%s is the document of the code: cp %s %s", FILE, written, FILE)
        .isEqualTo(code);
  }
}
