package io.keyturn.console.suppliers;

import io.keyturn.json.MergePatch;
import io.keyturn.json.RecordReader;
import io.keyturn.supplier.Reference;
import io.keyturn.supplier.SupplierData;
import io.keyturn.supplier.SupplierView;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of the form in which people write a supplier. */
public class SupplierFields implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, @Nullable String> texts = new LinkedHashMap<>();
  private boolean preferred;
  private String tags = "";
  private @Nullable List<String> locations;

  /** Empty fields for a new supplier. */
  SupplierFields() {
    locations = List.of();
  }

  /**
   * The fields of a supplier.
   *
   * @param locations whether the form has the locations
   */
  SupplierFields(SupplierView supplier, boolean locations) {
    texts.put("name", supplier.name());
    texts.put("legal_name", supplier.legalName());
    texts.put("number", supplier.number());
    texts.put("external_id", supplier.externalId());
    texts.put("website", supplier.website());
    texts.put("description", supplier.description());
    texts.put("industry", supplier.industry());
    texts.put("currency", supplier.currency());
    texts.put("payment_terms", supplier.paymentTerms());
    texts.put("language", supplier.language());
    texts.put("onboarding_status", supplier.onboardingStatus());
    preferred = supplier.preferred();
    tags = String.join(", ", supplier.tags());
    this.locations =
        locations
            ? supplier.locations().stream().map(SupplierFields::id).map(UUID::toString).toList()
            : null;
  }

  private static UUID id(Reference reference) {
    return Objects.requireNonNull(reference.id());
  }

  private JsonObject members() {
    JsonObjectBuilder json = Json.createObjectBuilder();
    texts.forEach(
        (name, text) -> {
          if (text == null || text.isBlank()) {
            json.addNull(name);
          } else {
            json.add(name, text);
          }
        });
    json.add("preferred", preferred);
    JsonArrayBuilder list = Json.createArrayBuilder();
    Arrays.stream(tags.split(",")).filter(tag -> !tag.isBlank()).forEach(list::add);
    json.add("tags", list);
    if (locations != null) {
      JsonArrayBuilder references = Json.createArrayBuilder();
      locations.forEach(id -> references.add(Json.createObjectBuilder().add("id", id)));
      json.add("locations", references);
    }
    return json.build();
  }

  /** What the form says, as a change of a supplier. */
  MergePatch patch() {
    return new MergePatch(members());
  }

  /** What the form says, as a new supplier. */
  SupplierData data() {
    return RecordReader.read(SupplierData.class, members());
  }

  /** The values of the fields with one text, by the names that they have in the API. */
  public Map<String, @Nullable String> getTexts() {
    return texts;
  }

  public boolean isPreferred() {
    return preferred;
  }

  public void setPreferred(boolean preferred) {
    this.preferred = preferred;
  }

  /** The tags with commas between them. */
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
}
