package io.keyturn.supplier;

import io.keyturn.json.RecordReader;
import io.keyturn.json.RecordWriter;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The lists of a supplier as texts in its row, and back. */
final class SupplierLists {
  private static final int PARTS = 3;

  private SupplierLists() {}

  /** A category as a line. Its parts have no control characters. */
  static String line(Category category) {
    return category.scheme() + "\t" + category.code() + "\t" + category.label();
  }

  private static Category category(String line) {
    String[] parts = line.split("\t", PARTS);
    return new Category(parts[0], parts[1], parts[2]);
  }

  static List<Reference> references(String ids) {
    return ids.isEmpty()
        ? List.of()
        : lines(ids).stream().map(id -> new Reference(UUID.fromString(id), null)).toList();
  }

  static List<String> lines(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split("\n"));
  }

  static List<Category> categories(String lines) {
    return lines(lines).stream().map(SupplierLists::category).toList();
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
