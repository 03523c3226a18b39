package io.keyturn.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProgramTest {
  /** The languages that {@link SnippetsHttpIT} runs. */
  private static final Set<String> LANGUAGES =
      Set.of("sh", "java", "python", "javascript", "logrotate", "rsyslog");

  private static List<Program> all() {
    return Program.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void programOfAGuideIsRunOrSaysWhyNot(Program program) throws IOException {
    if (program.notRun().isEmpty()) {
      assertThat(program.language()).as(program.text()).isIn(LANGUAGES);
      assertThat(Files.readString(Path.of("src/test/java/io/keyturn/guide/SnippetsHttpIT.java")))
          .contains("\"" + program.guide() + ", ");
    }
  }

  @Test
  void testsThatRunOtherProgramsAreThere() throws IOException {
    try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
      assertThat(tests.map(file -> file.getFileName().toString().replace(".java", "")).toList())
          .containsAll(Program.otherTests().toList());
    }
  }
}
