package io.keyturn.console.suppliers;

import io.keyturn.supplier.CustomFieldView;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The organisation's custom fields in the form of a supplier. */
final class CustomTexts implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The types of custom fields of which people choose a value. */
  private static final Set<String> CHOSEN = Set.of("boolean", "choice");

  private final LinkedHashMap<String, @Nullable String> texts = new LinkedHashMap<>();
  private final LinkedHashMap<String, String> types = new LinkedHashMap<>();

  CustomTexts(List<CustomFieldView> fields, @Nullable JsonValue values) {
    fields.forEach(field -> types.put(field.name(), field.type()));
    FormJson.fill(texts, List.copyOf(types.keySet()), values);
  }

  /** The member as the API reads it. */
  JsonValue json() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    types.forEach((name, type) -> json.add(name, value(type, FormJson.entered(texts.get(name)))));
    return json.build();
  }

  private static JsonValue value(String type, String text) {
    return switch (type) {
      case "number" -> FormJson.number(text);
      case "boolean" ->
          text.isEmpty() ? JsonValue.NULL : text.equals("true") ? JsonValue.TRUE : JsonValue.FALSE;
      default -> FormJson.orNull(text);
    };
  }

  /** The id of the field of a custom field within the form. */
  String fieldId(String name) {
    boolean chosen = CHOSEN.contains(String.valueOf(types.get(name)));
    int place = List.copyOf(types.keySet()).indexOf(name);
    return "custom:" + place + (chosen ? ":value" : ":text");
  }

  /** The values by the fields' names. */
  Map<String, @Nullable String> texts() {
    return texts;
  }
}
