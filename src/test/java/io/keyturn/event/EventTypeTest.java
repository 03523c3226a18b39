package io.keyturn.event;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The types of events are one list: in the code, in the guide and in the OpenAPI document. */
class EventTypeTest {
  private static final Path GUIDE = Path.of("src/docs/integrating.md");
  private static final Path DOCUMENT = Path.of("src/main/webapp/META-INF/openapi.json");

  private static List<String> codes() {
    return Arrays.stream(EventType.values()).map(EventType::code).toList();
  }

  @Test
  void guideHasEachTypeWithItsScope() throws IOException {
    Matcher rows =
        Pattern.compile("(?m)^\\| `([a-z_]+\\.[a-z_]+)` \\| (.+) \\| `([a-z-]+:[a-z-]+)` \\|$")
            .matcher(Files.readString(GUIDE));

    assertThat(rows.results().map(row -> row.group(1) + " " + row.group(3)))
        .containsExactlyElementsOf(
            Arrays.stream(EventType.values()).map(t -> t.code() + " " + t.scope()).toList());
  }

  @Test
  void documentHasEachTypeAndTheTest() throws IOException {
    try (JsonReader reader = Json.createReader(Files.newBufferedReader(DOCUMENT))) {
      JsonObject webhooks = reader.readObject().getJsonObject("webhooks");

      assertThat(webhooks.keySet()).containsAll(codes()).hasSize(codes().size() + 1);
      assertThat(webhooks.getJsonObject("webhook.test")).isNotNull();
    }
  }

  @Test
  void codesAreAnObjectAndWhatBecameOfIt() {
    assertThat(codes()).allMatch(code -> code.matches("[a-z_]+\\.[a-z_]+")).doesNotHaveDuplicates();
    assertThat(EventType.parse(EventType.format(List.of(EventType.values()))))
        .containsExactly(EventType.values());
  }
}
