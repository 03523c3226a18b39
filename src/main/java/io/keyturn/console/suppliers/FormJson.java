package io.keyturn.console.suppliers;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what stands in the fields of a form into JSON, and back. */
final class FormJson {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}([.,][0-9]{1,20})?");

  private FormJson() {}

  /** What stands in the field of a value. */
  static String text(@Nullable JsonValue value) {
    if (value == null || value == JsonValue.NULL) {
      return "";
    }
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  /** What was entered, with the ends of lines as they are stored. Browsers send others. */
  static String entered(@Nullable String text) {
    return text == null ? "" : text.replace("\r\n", "\n").strip();
  }

  /** A text, or null for an empty text. */
  static JsonValue orNull(String text) {
    return text.isEmpty() ? JsonValue.NULL : Json.createValue(text);
  }

  /** A number, also with a decimal comma. What is no number is sent as it is, and refused. */
  static JsonValue number(String text) {
    return NUMBER.matcher(text).matches()
        ? Json.createValue(new BigDecimal(text.replace(',', '.')))
        : orNull(text);
  }

  /** An object; an empty object for null. */
  static JsonObject object(@Nullable JsonValue value) {
    return value instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
  }

  /** Puts the parts of an object into fields with these names. */
  static void fill(
      Map<String, @Nullable String> fields, List<String> names, @Nullable JsonValue value) {
    names.forEach(name -> fields.put(name, text(object(value).get(name))));
  }

  /**
   * Takes over fields whose parts somebody has changed.
   *
   * @param now the object as they have entered it
   * @param old the object with which they began
   */
  static void keep(
      Map<String, @Nullable String> entered,
      JsonValue now,
      JsonValue old,
      Map<String, @Nullable String> into) {
    entered.forEach(
        (name, text) -> {
          if (!Objects.equals(object(now).get(name), object(old).get(name))) {
            into.put(name, text);
          }
        });
  }
}
