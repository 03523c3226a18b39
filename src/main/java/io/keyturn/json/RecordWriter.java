package io.keyturn.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON that {@link RecordReader} reads: for columns that hold JSON. Absent values
 * are left out.
 */
public final class RecordWriter {
  /** Kept, because {@code Json} searches its provider at each call. */
  private static final JsonProvider JSON = JsonProvider.provider();

  private RecordWriter() {}

  /** A record as a JSON object. */
  public static JsonObject write(Record record) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    for (RecordShape.Member member : RecordShape.of(record.getClass()).members()) {
      Object value = member.of(record);
      if (value != null) {
        json.add(member.name(), json(value));
      }
    }
    return json.build();
  }

  /** A list of records as a JSON array. */
  public static JsonArray write(Collection<?> values) {
    JsonArrayBuilder json = JSON.createArrayBuilder();
    values.forEach(value -> json.add(json(value)));
    return json.build();
  }

  /** An object with any names. */
  public static JsonObject write(Map<String, ? extends @Nullable Object> values) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    values.forEach((name, value) -> json.add(name, value == null ? JsonValue.NULL : json(value)));
    return json.build();
  }

  @SuppressWarnings("unchecked")
  private static JsonValue json(Object value) {
    if (value instanceof JsonValue done) {
      return done;
    }
    if (value instanceof Record record) {
      return write(record);
    }
    if (value instanceof Collection<?> values) {
      return write(values);
    }
    if (value instanceof Map<?, ?> map) {
      return write((Map<String, Object>) map);
    }
    if (value instanceof Boolean flag) {
      return flag ? JsonValue.TRUE : JsonValue.FALSE;
    }
    if (value instanceof BigDecimal number) {
      return JSON.createValue(number);
    }
    if (value instanceof Integer number) {
      return JSON.createValue(number);
    }
    return JSON.createValue(value.toString());
  }

  /** The JSON object in a text of {@link #write}. */
  public static JsonObject object(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** The JSON array in a text of {@link #write}. */
  public static JsonArray array(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readArray();
    }
  }
}
