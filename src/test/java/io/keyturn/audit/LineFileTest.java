package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFileTest {
  @TempDir private Path directory;

  @Test
  void linesAreAppendedToAFileThatOthersCannotRead() throws IOException {
    Path file = directory.resolve("audit.jsonl");
    LineFile lines = new LineFile(file);

    lines.append("");
    lines.append("one\n");
    lines.append("two\nthree\n");

    assertThat(file).hasContent("one\ntwo\nthree\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void halfALineSpoilsNoOther() throws IOException {
    Path file = directory.resolve("audit.jsonl");
    Files.writeString(file, "one\ntw");

    new LineFile(file).append("two\n");

    assertThat(file).hasContent("one\ntw\ntwo\n");
  }

  @Test
  void fileThatWasMovedAwayBeginsAnew() throws IOException {
    Path file = directory.resolve("audit.jsonl");
    new LineFile(file).append("one\n");
    Files.move(file, directory.resolve("audit.jsonl.1"));

    new LineFile(file).append("two\n");

    assertThat(file).hasContent("two\n");
  }

  @Test
  void whatCannotBeWrittenIsAFailure() {
    assertThatThrownBy(() -> new LineFile(directory).append("one\n"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> new LineFile(directory.resolve("none/audit.jsonl")).append("one\n"))
        .isInstanceOf(IOException.class);
  }
}
