package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AuditActionTest {
  private static final Path SOURCES = Path.of("src/main/java/io/keyturn");
  private static final Pattern RECORDED = Pattern.compile("\\bAuditAction\\.([A-Z_]+)\\b");

  @Test
  void actionsAreAllThatTheCodeRecordsInOrder() throws IOException {
    Set<String> recorded = new TreeSet<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        if (!file.endsWith("AuditSentence.java")) {
          Matcher action = RECORDED.matcher(Files.readString(file));
          while (action.find()) {
            recorded.add(action.group(1));
          }
        }
      }
    }

    assertThat(Arrays.stream(AuditAction.values()).map(AuditAction::name))
        .containsExactlyElementsOf(recorded);
  }

  @Test
  void textOfAnotherVersionIsNoAction() {
    assertThat(AuditAction.of("API_KEY_REVOKED")).contains(AuditAction.API_KEY_REVOKED);
    assertThat(AuditAction.of("api_key_revoked")).isEmpty();
    assertThat(AuditAction.of("")).isEmpty();
  }
}
