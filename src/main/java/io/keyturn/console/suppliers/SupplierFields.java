package io.keyturn.console.suppliers;

import io.keyturn.json.MergePatch;
import io.keyturn.json.RecordReader;
import io.keyturn.json.RecordWriter;
import io.keyturn.supplier.CommaList;
import io.keyturn.supplier.CustomFieldView;
import io.keyturn.supplier.SupplierData;
import io.keyturn.supplier.SupplierView;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the form in which people write a supplier. It knows what stood in them at first, so
 * that only what somebody has changed is written.
 */
public class SupplierFields implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern ENTRY =
      Pattern.compile("([a-z]+)\\[([0-9]{1,3})](?:\\.([a-z_]+).*)?");
  private static final List<String> TEXTS =
      List.of(
          "name",
          "legal_name",
          "number",
          "external_id",
          "type",
          "website",
          "description",
          "industry",
          "currency",
          "payment_terms",
          "language",
          "onboarding_status");
  private static final List<String> HOLDS = List.of("scope", "until", "reason");
  private static final List<String> SCORES = List.of("performance", "risk", "sustainability");

  private final ZoneId zone;
  private final LinkedHashMap<String, @Nullable String> texts = new LinkedHashMap<>();
  private final LinkedHashMap<String, @Nullable String> hold = new LinkedHashMap<>();
  private final LinkedHashMap<String, @Nullable String> scores = new LinkedHashMap<>();
  private final CustomTexts custom;
  private final LinkedHashMap<String, EntryRows> lists = new LinkedHashMap<>();
  private final String holdUntil;
  private final String base;
  private boolean preferred;
  private String tags;
  private @Nullable List<String> locations;
  private @Nullable List<String> departments;
  private @Nullable List<String> owners;

  /**
   * What the form needs to know beside the supplier.
   *
   * @param references the lists of references that the form has: an organisation may have more
   *     locations than a form can show
   * @param zone in which times are entered
   */
  record Frame(List<CustomFieldView> customFields, Set<String> references, ZoneId zone) {}

  /** Empty fields for a new supplier. */
  SupplierFields(Frame frame) {
    this(RecordWriter.write(SupplierData.EMPTY), frame);
  }

  /** The fields of a supplier. */
  SupplierFields(SupplierView supplier, Frame frame) {
    this(RecordWriter.write(supplier), frame);
  }

  /**
   * The fields of a supplier.
   *
   * @param supplier as JSON with the names of the API
   */
  static SupplierFields of(JsonObject supplier, Frame frame) {
    return new SupplierFields(supplier, frame);
  }

  private SupplierFields(JsonObject supplier, Frame frame) {
    zone = frame.zone();
    FormJson.fill(texts, TEXTS, supplier);
    FormJson.fill(hold, HOLDS, supplier.get("hold"));
    FormJson.fill(scores, SCORES, supplier.get("scores"));
    holdUntil = FormJson.entered(hold.get("until"));
    hold.put("until", shown(holdUntil));
    custom = new CustomTexts(frame.customFields(), supplier.get("custom_fields"));
    preferred = supplier.getBoolean("preferred", false);
    tags = CommaList.write(supplier.getJsonArray("tags").stream().map(FormJson::text).toList());
    locations = ids(supplier, "locations", frame);
    departments = ids(supplier, "departments", frame);
    owners = ids(supplier, "owners", frame);
    rows(
        supplier,
        "addresses",
        true,
        "type=registered lines= postal_code= city= region= country=".split(" "));
    rows(supplier, "contacts", true, "name= email= phone= job_title=".split(" "));
    rows(supplier, "identifiers", false, "scheme=vat value= country=".split(" "));
    rows(supplier, "categories", false, "scheme=custom code= label=".split(" "));
    base = members().toString();
  }

  private String shown(String time) {
    return time.isEmpty()
        ? ""
        : LocalDateTime.ofInstant(Instant.parse(time), zone)
            .truncatedTo(ChronoUnit.MINUTES)
            .toString();
  }

  private static @Nullable List<String> ids(JsonObject supplier, String name, Frame frame) {
    return frame.references().contains(name)
        ? supplier.getJsonArray(name).stream()
            .map(reference -> reference.asJsonObject().getString("id"))
            .collect(Collectors.toCollection(ArrayList::new))
        : null;
  }

  private void rows(JsonObject supplier, String name, boolean primaries, String... members) {
    LinkedHashMap<String, String> blank = new LinkedHashMap<>();
    for (String member : members) {
      int equals = member.indexOf('=');
      blank.put(member.substring(0, equals), member.substring(equals + 1));
    }
    List<JsonObject> entries = supplier.getJsonArray(name).getValuesAs(JsonObject.class);
    lists.put(name, new EntryRows(name, blank, primaries, entries));
  }

  private JsonObject members() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    texts.forEach((name, text) -> json.add(name, FormJson.orNull(FormJson.entered(text))));
    json.add("hold", hold());
    json.add("scores", scores());
    json.add("custom_fields", custom.json());
    json.add("preferred", preferred);
    json.add("tags", array(CommaList.read(tags).stream().filter(tag -> !tag.isEmpty()).toList()));
    references(json, "locations", locations);
    references(json, "departments", departments);
    references(json, "owners", owners);
    lists.forEach((name, rows) -> json.add(name, rows.json()));
    return json.build();
  }

  private JsonValue hold() {
    if (hold.values().stream().allMatch(text -> FormJson.entered(text).isEmpty())) {
      return JsonValue.NULL;
    }
    JsonObjectBuilder json = Json.createObjectBuilder();
    hold.forEach(
        (name, text) ->
            json.add(
                name,
                FormJson.orNull(
                    name.equals("until")
                        ? until(FormJson.entered(text))
                        : FormJson.entered(text))));
    return json.build();
  }

  /** The time that was entered. What is no time is sent as it is, and refused with a message. */
  private String until(String local) {
    if (local.isEmpty() || local.equals(shown(holdUntil))) {
      return local.isEmpty() ? "" : holdUntil;
    }
    try {
      return LocalDateTime.parse(local).atZone(zone).toInstant().toString();
    } catch (DateTimeException e) {
      return local;
    }
  }

  private JsonObject scores() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    scores.forEach((name, text) -> json.add(name, FormJson.number(FormJson.entered(text))));
    return json.build();
  }

  private static JsonArray array(List<String> texts) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    texts.forEach(array::add);
    return array.build();
  }

  private static void references(JsonObjectBuilder json, String name, @Nullable List<String> ids) {
    if (ids != null) {
      JsonArrayBuilder array = Json.createArrayBuilder();
      ids.stream().sorted().forEach(id -> array.add(Json.createObjectBuilder().add("id", id)));
      json.add(name, array);
    }
  }

  /** The members that somebody has changed since the form was filled. */
  Set<String> changed() {
    JsonObject before = RecordWriter.object(base);
    Set<String> changed = new TreeSet<>();
    members()
        .forEach(
            (name, value) -> {
              if (!value.equals(before.get(name))) {
                changed.add(name);
              }
            });
    return changed;
  }

  /** What somebody has changed, as a change of the supplier. */
  MergePatch patch() {
    Set<String> changed = changed();
    JsonObjectBuilder patch = Json.createObjectBuilder();
    members()
        .forEach(
            (name, value) -> {
              if (changed.contains(name)) {
                patch.add(name, value);
              }
            });
    return new MergePatch(patch.build());
  }

  /** What the form says, as a new supplier. */
  SupplierData data() {
    return RecordReader.read(SupplierData.class, members());
  }

  /**
   * Takes over what somebody has changed in another form of the same supplier.
   *
   * @return the members that the two forms did not begin with alike
   */
  Set<String> keep(SupplierFields others) {
    JsonObject before = RecordWriter.object(others.base);
    JsonObject now = RecordWriter.object(base);
    Set<String> contested = new TreeSet<>();
    for (String member : others.changed()) {
      keep(member, others, before);
      if (!Objects.equals(before.get(member), now.get(member))) {
        contested.add(member);
      }
    }
    return contested;
  }

  private void keep(String member, SupplierFields others, JsonObject before) {
    JsonValue old = before.getOrDefault(member, JsonValue.NULL);
    switch (member) {
      case "hold" -> FormJson.keep(others.hold, others.hold(), old, hold);
      case "scores" -> FormJson.keep(others.scores, others.scores(), old, scores);
      case "custom_fields" ->
          FormJson.keep(others.custom.texts(), others.custom.json(), old, custom.texts());
      case "preferred" -> preferred = others.preferred;
      case "tags" -> tags = others.tags;
      case "locations" -> locations = others.locations;
      case "departments" -> departments = others.departments;
      case "owners" -> owners = others.owners;
      default -> {
        if (lists.containsKey(member)) {
          lists.put(member, Objects.requireNonNull(others.lists.get(member)));
        } else {
          texts.put(member, others.texts.get(member));
        }
      }
    }
  }

  /**
   * The id of the field within the form at which the message about a member of the API stands.
   *
   * @param member such as {@code addresses[0].country}
   */
  String fieldId(String member) {
    Matcher entry = ENTRY.matcher(member);
    if (entry.matches()) {
      EntryRows rows = lists.get(entry.group(1));
      return rows == null
          ? entry.group(1)
          : rows.fieldId(
              Integer.parseInt(entry.group(2)), Objects.requireNonNullElse(entry.group(3), ""));
    }
    if (member.startsWith("custom_fields.")) {
      return custom.fieldId(member.substring("custom_fields.".length()));
    }
    String whole =
        switch (member) {
          case "hold" -> "hold.scope";
          case "scores" -> "scores.performance";
          default -> member;
        };
    return whole.replaceAll("[._]", "-");
  }

  /** The values of the fields with one text, by the names that they have in the API. */
  public Map<String, @Nullable String> getTexts() {
    return texts;
  }

  /** The parts of the hold, by the names that they have in the API. */
  public Map<String, @Nullable String> getHold() {
    return hold;
  }

  /** The scores, by the names that they have in the API. */
  public Map<String, @Nullable String> getScores() {
    return scores;
  }

  /** The values of the custom fields, by the fields' names. */
  public Map<String, @Nullable String> getCustom() {
    return custom.texts();
  }

  /** The lists whose entries have several fields, by the names that they have in the API. */
  public Map<String, EntryRows> getLists() {
    return lists;
  }

  public boolean isPreferred() {
    return preferred;
  }

  public void setPreferred(boolean preferred) {
    this.preferred = preferred;
  }

  /** The tags as a {@link CommaList}. */
  public String getTags() {
    return tags;
  }

  public void setTags(@Nullable String tags) {
    this.tags = tags == null ? "" : tags;
  }

  /** The ids of the locations; null where the form does not have them. */
  public @Nullable List<String> getLocations() {
    return locations;
  }

  public void setLocations(@Nullable List<String> locations) {
    this.locations = locations;
  }

  /** The ids of the departments; null where the form does not have them. */
  public @Nullable List<String> getDepartments() {
    return departments;
  }

  public void setDepartments(@Nullable List<String> departments) {
    this.departments = departments;
  }

  /** The ids of the people who look after the supplier; null where the form does not have them. */
  public @Nullable List<String> getOwners() {
    return owners;
  }

  public void setOwners(@Nullable List<String> owners) {
    this.owners = owners;
  }
}
