package io.keyturn.json;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static final UUID ID = UUID.fromString("0190a6d4-7b1c-7f3e-8d2a-5c6b7a8f9e01");

  /** Each kind of value. */
  private record Everything(
      @Nullable String aText,
      boolean flag,
      int count,
      long big,
      BigDecimal exact,
      UUID id,
      Instant at,
      List<Part> parts,
      Map<String, @Nullable Object> map,
      @Nullable JsonObject json,
      @JsonbProperty("status_2xx") long of2xx,
      @JsonbNillable(false) @Nullable Long total) {}

  private record Part(@Nullable String name) {}

  private static Everything everything(@Nullable String text) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("zeta", new BigDecimal("1.50"));
    map.put("alpha", null);
    return new Everything(
        text,
        true,
        -3,
        1L << 53,
        new BigDecimal("4.50"),
        ID,
        Instant.parse("2026-11-26T08:00:00.120Z"),
        List.of(new Part("x"), new Part(null)),
        map,
        Json.createObjectBuilder().add("a", 1).build(),
        7,
        null);
  }

  @Test
  void anAnswerHasEachMemberInTheOrderOfTheRecord() {
    assertThat(JsonText.of(everything(null)))
        .isEqualTo(
            """
            {"a_text":null,"flag":true,"count":-3,"big":9007199254740992,"exact":4.50,\
            "id":"0190a6d4-7b1c-7f3e-8d2a-5c6b7a8f9e01","at":"2026-11-26T08:00:00.120Z",\
            "parts":[{"name":"x"},{"name":null}],"map":{"zeta":1.50,"alpha":null},\
            "json":{"a":1},"status_2xx":7}""");
  }

  @Test
  void aColumnHasNoAbsentMembers() {
    assertThat(JsonText.dense(Arrays.asList(new Part("x"), new Part(null))))
        .isEqualTo("[{\"name\":\"x\"},{}]");
  }

  @Test
  void someMembersOnly() {
    assertThat(JsonText.of(new JsonText.Members(everything("x"), Set.of("id", "count", "none"))))
        .isEqualTo("{\"count\":-3,\"id\":\"0190a6d4-7b1c-7f3e-8d2a-5c6b7a8f9e01\"}");
  }

  @Test
  void anyTextComesBackFromTheStream() throws IOException {
    String text = "\"\\/\b\f\n\r\t\u0000\u001f\u2028<ä日😀>" + "long ".repeat(5_000);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    JsonText.write(everything(text), bytes);

    assertThat(RecordWriter.object(bytes.toString(StandardCharsets.UTF_8)).getString("a_text"))
        .isEqualTo(text);
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(JsonText.of(everything(text)));
  }

  @Test
  void halfACharacterDoesNotBreakAnAnswer() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    JsonText.write(new Part("a\ud83d"), bytes);

    assertThat(RecordWriter.object(bytes.toString(StandardCharsets.UTF_8)).getString("name"))
        .startsWith("a");
  }

  @Test
  void whatWasWrittenOnceIsTheSameInEachAnswer() throws IOException {
    Set<String> names = Set.of("id", "a_text");
    List<Object> rows = new ArrayList<>();
    List<Object> written = new ArrayList<>();
    for (String text : List.of("x", "ä日😀\"", "a\ud83d", "long ".repeat(5_000))) {
      JsonText.Members members = new JsonText.Members(everything(text), names);
      rows.add(members);
      written.add(new JsonText.Written(members));
    }
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    ByteArrayOutputStream answer = new ByteArrayOutputStream();

    JsonText.write(new Rows(rows), expected);
    JsonText.write(new Rows(written), answer);

    assertThat(answer.toString(StandardCharsets.UTF_8))
        .isEqualTo(expected.toString(StandardCharsets.UTF_8));
  }

  private record Rows(List<Object> data) {}
}
