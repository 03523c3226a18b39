package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code AuditFileHttpIT} compares whole lines with the API. */
class AuditLineTest {

  /**
   * Ends of lines as several readers know them, commands to terminals, and invisible characters.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\r\nb",
        "a\u0085b",
        "a\u2028b",
        "a\u2029b",
        "a\u001b[2Jb",
        "a\u009b2Jb",
        "a\u202eb",
        "a\u007fb",
        "a\uDB40\uDC41b",
        "\"},\n{\"action\":\"FORGED\"",
        "Ümläüt 你好 🙂 $1 \\"
      })
  void nameForgesNoLineAndIsReadAsItWas(String name) {
    JsonObject event =
        Json.createObjectBuilder().add("name", name).add("action", "API_KEY_RENAMED").build();

    String line = AuditLine.visible(event.toString());

    assertThat(line).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    try (var reader = Json.createReader(new StringReader(line))) {
      assertThat(reader.readObject()).isEqualTo(event);
    }
  }
}
