package io.keyturn.console.suppliers;

import io.keyturn.console.PageTexts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a member of a supplier was before and after a change, in short texts. */
@Named
@RequestScoped
public class ChangedValues {
  private static final int LONGEST = 300;

  @Inject private PageTexts texts;
  @Inject private SupplierChoices choices;

  private @Nullable Map<String, String> names;

  /** A value as people read it; a long value is cut. */
  public String text(@Nullable JsonValue value) {
    String whole = whole(value);
    return whole.codePointCount(0, whole.length()) <= LONGEST
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private String whole(@Nullable JsonValue value) {
    if (value == null || value == JsonValue.NULL) {
      return texts.get("supplier_form.nothing");
    }
    if (value instanceof JsonString text) {
      return text.getString();
    }
    if (value instanceof JsonArray list) {
      return list.stream().map(this::whole).collect(Collectors.joining("; "));
    }
    if (value instanceof JsonObject object) {
      return object.containsKey("id") ? name(object) : members(object);
    }
    return texts.word(value.toString());
  }

  private String members(JsonObject object) {
    return object.entrySet().stream()
        .filter(member -> !member.getValue().equals(JsonValue.EMPTY_JSON_ARRAY))
        .map(member -> member.getKey() + ": " + whole(member.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** Of somebody who did something: the name of that time. Of other references: the name of now. */
  private String name(JsonObject reference) {
    String id = reference.getString("id");
    return reference.getString("name", names().getOrDefault(id, id));
  }

  private Map<String, String> names() {
    if (names == null) {
      names = choices.names();
    }
    return names;
  }
}
