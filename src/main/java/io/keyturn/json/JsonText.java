package io.keyturn.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes records, lists and maps as JSON text (RFC 8259): a record as an object with {@code
 * snake_case} names in the order of the record, and times and ids as texts. A list of suppliers is
 * written three times as fast as by JSON-B (decision record 0065).
 */
public final class JsonText {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder().enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build();

  private final JsonGenerator out;
  private final boolean nulls;
  private @Nullable Set<String> lastNames;
  private @Nullable Class<? extends Record> lastType;
  private List<RecordShape.Member> lastSelected = List.of();

  private JsonText(JsonGenerator out, boolean nulls) {
    this.out = out;
    this.nulls = nulls;
  }

  /**
   * Some members of a record.
   *
   * @param names as JSON has them
   */
  public record Members(Record record, Set<String> names) {}

  /** Some members of a record as JSON, which are written once and answered often. */
  public static final class Written {
    private final SerializedString text;

    /** Writes the members as an answer has them: absent members are null. */
    public Written(Members members) {
      // By way of its bytes: a text may hold half a character, which bytes cannot.
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        write(members, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      text = new SerializedString(bytes.toString(StandardCharsets.UTF_8));
    }

    /** The length of the text, in characters. */
    public int length() {
      return text.charLength();
    }
  }

  /** Writes an answer: absent members are null. The stream stays open. */
  public static void write(Record value, OutputStream stream) throws IOException {
    try (JsonGenerator out = JSON.createGenerator(stream)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      new JsonText(out, true).value(value);
    }
  }

  /** The text of an answer: absent members are null. */
  public static String of(Record value) {
    return text(value, true);
  }

  /** The text of a value for a column of the database: a record's absent members are left out. */
  public static String dense(Object value) {
    return text(value, false);
  }

  private static String text(Object value, boolean nulls) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      new JsonText(out, nulls).value(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** Classes come before interfaces, which a JVM asks a value for in a slower way. */
  private void value(@Nullable Object value) throws IOException {
    if (value instanceof String text) {
      out.writeString(text);
    } else if (value == null) {
      out.writeNull();
    } else if (value instanceof Members some) {
      object(some.record(), selected(some));
    } else if (value instanceof Written written) {
      out.writeRawValue(written.text);
    } else if (value instanceof Record record) {
      object(record, RecordShape.of(record.getClass()).members());
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Integer number) {
      out.writeNumber(number);
    } else if (value instanceof Long number) {
      out.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      out.writeNumber(number);
    } else if (value instanceof Double number) {
      out.writeNumber(number);
    } else if (value instanceof UUID || value instanceof Enum<?>) {
      out.writeString(value.toString());
    } else if (value instanceof Instant time) {
      out.writeString(UtcTime.text(time));
    } else if (value instanceof Collection<?> values) {
      array(values);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof JsonValue json) {
      out.writeRawValue(json.toString());
    } else {
      out.writeString(value.toString());
    }
  }

  /** The rows of a list are alike: what was selected for the last row counts for the next. */
  private List<RecordShape.Member> selected(Members some) {
    Class<? extends Record> type = some.record().getClass();
    if (some.names() != lastNames || type != lastType) {
      lastNames = some.names();
      lastType = type;
      lastSelected =
          RecordShape.of(type).members().stream()
              .filter(member -> some.names().contains(member.name()))
              .toList();
    }
    return lastSelected;
  }

  private void object(Record record, List<RecordShape.Member> members) throws IOException {
    out.writeStartObject();
    for (RecordShape.Member member : members) {
      Object value = member.of(record);
      if (value != null || (nulls && member.nillable())) {
        out.writeFieldName(member.key());
        value(value);
      }
    }
    out.writeEndObject();
  }

  private void array(Collection<?> values) throws IOException {
    out.writeStartArray();
    for (Object value : values) {
      value(value);
    }
    out.writeEndArray();
  }

  private void object(Map<?, ?> map) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.writeFieldName(String.valueOf(entry.getKey()));
      value(entry.getValue());
    }
    out.writeEndObject();
  }
}
