package io.keyturn.console.suppliers;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list in the form of a supplier, such as its addresses: rows of fields, which people add and
 * remove. A row in which nothing was entered does not count.
 */
public class EntryRows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Members that always have a value, so that the value says nothing. */
  private static final Set<String> CHOSEN = Set.of("type", "scheme");

  /** A member with a text in each line of its field. */
  private static final String LINES = "lines";

  private static final String PRIMARY = "primary";

  private final String name;
  private final LinkedHashMap<String, String> blank;
  private final boolean primaries;
  private final ArrayList<HashMap<String, @Nullable String>> rows = new ArrayList<>();
  private int primary;

  /**
   * The rows of a list.
   *
   * @param name of the list in the API
   * @param blank what stands in the fields of a new row, by the names of the entries' members
   * @param primaries whether an entry is the primary entry
   * @param entries as the API writes them
   */
  EntryRows(
      String name,
      LinkedHashMap<String, String> blank,
      boolean primaries,
      List<JsonObject> entries) {
    this.name = name;
    this.blank = blank;
    this.primaries = primaries;
    for (JsonObject entry : entries) {
      if (entry.getBoolean(PRIMARY, false)) {
        primary = rows.size();
      }
      HashMap<String, @Nullable String> row = new HashMap<>();
      blank.keySet().forEach(member -> row.put(member, text(entry.get(member))));
      rows.add(row);
    }
  }

  private static String text(@Nullable JsonValue value) {
    return value instanceof JsonArray lines
        ? lines.stream().map(FormJson::text).collect(Collectors.joining("\n"))
        : FormJson.text(value);
  }

  /** Adds a row at the end. */
  void add() {
    rows.add(new HashMap<>(blank));
  }

  /** Removes a row; another row becomes primary where it was. */
  void remove(int row) {
    if (row >= 0 && row < rows.size()) {
      rows.remove(row);
      primary = row == primary ? 0 : row < primary ? primary - 1 : primary;
    }
  }

  /** Makes a row the primary row; a number without a row changes nothing. */
  void choosePrimary(int row) {
    if (row >= 0 && row < rows.size()) {
      primary = row;
    }
  }

  /** The list as the API reads it. */
  JsonArray json() {
    JsonArrayBuilder json = Json.createArrayBuilder();
    for (int i = 0; i < rows.size(); i++) {
      if (!empty(rows.get(i))) {
        json.add(entry(i));
      }
    }
    return json.build();
  }

  private JsonObject entry(int row) {
    JsonObjectBuilder entry = Json.createObjectBuilder();
    for (String member : blank.keySet()) {
      String text = FormJson.entered(rows.get(row).get(member));
      if (member.equals(LINES)) {
        JsonArrayBuilder lines = Json.createArrayBuilder();
        text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
        entry.add(member, lines);
      } else if (!text.isEmpty()) {
        entry.add(member, text);
      }
    }
    if (primaries) {
      entry.add(PRIMARY, row == primary);
    }
    return entry.build();
  }

  private static boolean empty(Map<String, @Nullable String> row) {
    return row.entrySet().stream()
        .filter(field -> !CHOSEN.contains(field.getKey()))
        .allMatch(field -> FormJson.entered(field.getValue()).isEmpty());
  }

  /**
   * The id of the field of an entry's member within the form.
   *
   * @param entry the entry's place in {@link #json}
   * @param member empty: the member that makes the entry what it is
   */
  String fieldId(int entry, String member) {
    String known =
        blank.containsKey(member)
            ? member
            : blank.keySet().stream().filter(m -> !CHOSEN.contains(m)).findFirst().orElseThrow();
    return name + ":" + row(entry) + ":" + known.replace('_', '-');
  }

  /** The id of the first field of the last row within the form. */
  String lastRowId() {
    String first = blank.keySet().iterator().next();
    return name + ":" + (rows.size() - 1) + ":" + first.replace('_', '-');
  }

  /** The row of an entry: rows in which nothing was entered are not sent. */
  private int row(int entry) {
    int sent = -1;
    for (int i = 0; i < rows.size(); i++) {
      if (!empty(rows.get(i))) {
        sent++;
      }
      if (sent == entry) {
        return i;
      }
    }
    return 0;
  }

  /** What stands in the fields, by the names of the members. */
  public List<HashMap<String, @Nullable String>> getRows() {
    return rows;
  }

  /** The number of the primary row. */
  public int getPrimary() {
    return primary;
  }

  public String getName() {
    return name;
  }
}
