package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditActionsTest {
  private static final Path SOURCES = Path.of("src/main/java/io/keyturn");

  /** An object and what became of it, as the code writes it where it records an event. */
  private static final Pattern ACTION =
      Pattern.compile(
          "\"((ADMINISTRATOR|API_KEY|AUDIT_LOG|ORGANISATION|PASSWORD|PLATFORM|RENEWAL|ROLE"
              + "|SIGN|SIGNED|USER)_[A-Z_]+)\"");

  @Test
  void actionsAreAllThatTheCodeRecords() throws IOException {
    Set<String> recorded = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("AuditActions.java")) {
          Matcher action = ACTION.matcher(Files.readString(file));
          while (action.find()) {
            recorded.add(action.group(1));
          }
        }
      }
    }

    assertThat(AuditActions.ALL).containsExactlyElementsOf(recorded);
  }
}
