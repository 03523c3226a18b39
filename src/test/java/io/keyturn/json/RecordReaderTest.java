package io.keyturn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {
  /** Each kind of member. */
  public record Everything(
      @Nullable String aText,
      @Nullable Boolean flag,
      @Nullable Integer count,
      @Nullable Long big,
      @Nullable UUID id,
      @Nullable Duration time,
      @Nullable Instant at,
      @Nullable List<String> words,
      @Nullable Part part,
      @Nullable List<Part> parts) {}

  /** A member. */
  public record Part(@Nullable String name) {}

  @SuppressWarnings("unchecked")
  private static Everything read(byte[] body) throws IOException {
    Class<?> type = Everything.class;
    Object read =
        new RecordReader()
            .readFrom(
                (Class<Object>) type,
                type,
                new Annotation[0],
                MediaType.APPLICATION_JSON_TYPE,
                new MultivaluedHashMap<>(),
                new ByteArrayInputStream(body));
    return (Everything) Objects.requireNonNull(read);
  }

  private static Everything read(String body) throws IOException {
    return read(body.getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException refused(String body) {
    return refused(body.getBytes(StandardCharsets.UTF_8));
  }

  private static ProblemException refused(byte[] body) {
    try {
      read(body);
    } catch (ProblemException e) {
      return e;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("was read");
  }

  /** Members of which null takes the value away. */
  public record Clearing(
      @Nullable Optional<Integer> count, @Nullable Optional<List<String>> words) {}

  @SuppressWarnings("unchecked")
  private static Clearing clearing(String body) throws IOException {
    Class<?> type = Clearing.class;
    Object read =
        new RecordReader()
            .readFrom(
                (Class<Object>) type,
                type,
                new Annotation[0],
                MediaType.APPLICATION_JSON_TYPE,
                new MultivaluedHashMap<>(),
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    return (Clearing) Objects.requireNonNull(read);
  }

  @Test
  void absentMemberIsNotTheSameAsNullWhereNullTakesAway() throws Exception {
    assertThat(clearing("{}")).isEqualTo(new Clearing(null, null));
    assertThat(clearing("{\"count\":null,\"words\":null}"))
        .isEqualTo(new Clearing(Optional.empty(), Optional.empty()));
    assertThat(clearing("{\"count\":5,\"words\":[\"a\"]}"))
        .isEqualTo(new Clearing(Optional.of(5), Optional.of(List.of("a"))));
  }

  @Test
  void everyKindIsRead() throws Exception {
    Everything read =
        read(
            """
            {"a_text":"é","flag":true,"count":-3,"big":9007199254740993,
             "id":"6f9619ff-8b86-d011-b42d-00c04fc964ff","time":"PT24H",
             "at":"2026-01-31T12:00:00Z","words":["a","b"],"part":{"name":"p"},
             "parts":[{"name":"q"},{"name":null}]}
            """);

    assertThat(read)
        .isEqualTo(
            new Everything(
                "é",
                true,
                -3,
                9007199254740993L,
                UUID.fromString("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
                Duration.ofHours(24),
                Instant.parse("2026-01-31T12:00:00Z"),
                List.of("a", "b"),
                new Part("p"),
                List.of(new Part("q"), new Part(null))));
  }

  @Test
  void absentAndNullMembersAreNull() throws Exception {
    Everything nothing = new Everything(null, null, null, null, null, null, null, null, null, null);

    assertThat(read("{}")).isEqualTo(nothing);
    assertThat(read("{\"a_text\":null,\"parts\":null}")).isEqualTo(nothing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a_text\":1} | a_text",
        "{\"a_text\":[\"x\"]} | a_text",
        "{\"aText\":\"x\"} | aText",
        "{\"flag\":\"true\"} | flag",
        "{\"flag\":0} | flag",
        "{\"count\":1.5} | count",
        "{\"count\":2147483648} | count",
        "{\"count\":true} | count",
        "{\"count\":1e400} | count",
        "{\"big\":9223372036854775808} | big",
        "{\"id\":\"1-1-1-1-1\"} | id",
        "{\"id\":\"x\"} | id",
        "{\"time\":\"24h\"} | time",
        "{\"at\":\"yesterday\"} | at",
        "{\"at\":\"2026-01-31\"} | at",
        "{\"words\":\"a\"} | words",
        "{\"part\":[]} | part",
        "{\"part\":{\"title\":\"x\"}} | part.title",
        "{\"parts\":[{\"name\":\"a\"},{\"nome\":\"b\"}]} | parts[1].nome",
        "{\"version\":1} | version"
      })
  void wrongMemberIsNamed(String body, String field) {
    ProblemException refused = refused(body);

    assertThat(refused.type()).isEqualTo(ProblemType.INVALID);
    assertThat(refused.errors()).extracting(FieldError::field).containsExactly(field);
  }

  @Test
  void noBodyIsNoRecord() throws IOException {
    assertThat(
            new RecordReader()
                .readFrom(
                    Object.class,
                    Part.class,
                    new Annotation[0],
                    MediaType.APPLICATION_JSON_TYPE,
                    new MultivaluedHashMap<>(),
                    new ByteArrayInputStream(new byte[0])))
        .isNull();
  }

  @Test
  void allWrongMembersAreNamedAtOnce() {
    assertThat(refused("{\"count\":\"x\",\"flag\":7,\"z\":1,\"y\":2}").errors())
        .extracting(FieldError::field)
        .containsExactly("flag", "count", "y", "z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "{",
        "}",
        "[]",
        "1",
        "null",
        "\"x\"",
        "{}{}",
        "{} x",
        "{'a':1}",
        "{\"a_text\"}",
        "{\"flag\":true,\"flag\":false}",
        "{\"part\":{\"name\":\"a\",\"name\":\"b\"}}",
        "{\"count\":NaN}",
        "{\"count\":01}",
        "{,}",
        "{\"a_text\":\"a\nb\"}",
        "\ufeff{}"
      })
  void whatIsNoJsonObjectIsMalformed(String body) {
    assertThat(refused(body).type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void bytesThatAreNotUtf8AreMalformed() {
    assertThat(refused(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}).type())
        .isEqualTo(ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void depthIsBounded() {
    String deep = "{\"words\":" + "[".repeat(1_000_000);

    assertThat(refused(deep).type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> read("{\"words\":" + "[".repeat(16) + "]".repeat(16) + "}"))
        .withMessageContaining("16");
  }

  /** Whatever is sent, the answer is a record or a problem. */
  @Test
  void noBytesMakeItFailOtherwise() throws Exception {
    Random random = new Random(5);
    byte[] good =
        "{\"a_text\":\"x\",\"count\":1,\"words\":[\"a\"],\"part\":{\"name\":\"p\"}}"
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 2_000; i++) {
      byte[] body = good.clone();
      for (int changes = random.nextInt(4); changes >= 0; changes--) {
        body[random.nextInt(body.length)] =
            (byte) "{}[]\":,0159eE+-.tfnx\\ u\u0000\u00ff".charAt(random.nextInt(25));
      }
      try {
        read(body);
      } catch (ProblemException e) {
        assertThat(e.type()).isIn(ProblemType.INVALID, ProblemType.MALFORMED_REQUEST);
      }
    }
  }

  @Test
  void namesAreSnakeCase() {
    assertThat(RecordReader.snake("secretNumber")).isEqualTo("secret_number");
    assertThat(RecordReader.snake("id")).isEqualTo("id");
  }

  @Test
  void onlyRecordsAreRead() throws Exception {
    assertThat(
            new RecordReader()
                .isReadable(Part.class, Part.class, new Annotation[0], MediaType.WILDCARD_TYPE))
        .isTrue();
    assertThat(
            new RecordReader()
                .isReadable(String.class, String.class, new Annotation[0], MediaType.WILDCARD_TYPE))
        .isFalse();
  }
}
