package io.keyturn.supplier;

import io.keyturn.json.RecordReader;
import io.keyturn.json.RecordWriter;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lists of a supplier as texts in its row, and back. */
final class SupplierLists {
  private SupplierLists() {}

  /** A category as a line. Its parts have no control characters. */
  static String line(Category category) {
    return category.scheme() + "\t" + category.code() + "\t" + category.label();
  }

  private static Category category(String line) {
    int code = line.indexOf('\t') + 1;
    int label = line.indexOf('\t', code) + 1;
    return new Category(
        line.substring(0, code - 1), line.substring(code, label - 1), line.substring(label));
  }

  static List<Reference> references(String ids) {
    return lines(ids, id -> new Reference(UUID.fromString(id), null));
  }

  static List<String> lines(String text) {
    return lines(text, line -> line);
  }

  static List<Category> categories(String lines) {
    return lines(lines, SupplierLists::category);
  }

  /** What stands in the lines of a text. A page of suppliers has hundreds of lines. */
  private static <T> List<T> lines(String text, Function<String, T> line) {
    if (text.isEmpty()) {
      return List.of();
    }
    List<T> values = new ArrayList<>();
    int from = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      values.add(line.apply(text.substring(from, end)));
      from = end + 1;
    }
    values.add(line.apply(text.substring(from)));
    return Collections.unmodifiableList(values);
  }

  static <T extends Record> List<T> read(Class<T> type, String json) {
    // Most suppliers lack some of the lists.
    return json.isEmpty() || json.equals("[]")
        ? List.of()
        : RecordWriter.array(json).stream()
            .map(value -> RecordReader.read(type, value.asJsonObject()))
            .toList();
  }

  static Map<String, Object> map(String json) {
    if (json.isEmpty() || json.equals("{}")) {
      return Map.of();
    }
    Map<String, Object> values = new TreeMap<>();
    RecordWriter.object(json).forEach((name, value) -> values.put(name, scalar(value)));
    return values;
  }

  private static Object scalar(JsonValue value) {
    if (value instanceof JsonString text) {
      return text.getString();
    }
    return value instanceof JsonNumber number
        ? number.bigDecimalValue()
        : value.getValueType() == JsonValue.ValueType.TRUE;
  }

  /** The country of the primary address. */
  static @Nullable String country(List<Address> addresses) {
    return addresses.stream()
        .filter(address -> Boolean.TRUE.equals(address.primary()))
        .map(Address::country)
        .filter(country -> country != null)
        .findFirst()
        .orElse(null);
  }
}
