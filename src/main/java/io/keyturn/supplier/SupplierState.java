package io.keyturn.supplier;

import io.keyturn.json.RecordWriter;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A supplier at one moment, to tell what a change did.
 *
 * @param json its members, without absent values and empty lists
 */
record SupplierState(JsonObject json) {

  static SupplierState of(Supplier supplier) {
    Map<String, JsonValue> members = new HashMap<>(RecordWriter.write(supplier.data()));
    members
        .values()
        .removeIf(
            value ->
                value.equals(JsonValue.EMPTY_JSON_ARRAY)
                    || value.equals(JsonValue.EMPTY_JSON_OBJECT));
    members.putAll(
        RecordWriter.write(new Standing(supplier.status().code(), supplier.record().approval())));
    return new SupplierState(RecordWriter.write(members));
  }

  /** The ids of its locations. */
  Set<String> locations() {
    JsonArray locations = json.getJsonArray("locations");
    return locations == null
        ? Set.of()
        : locations.getValuesAs(JsonObject.class).stream()
            .map(location -> location.getString("id"))
            .collect(Collectors.toSet());
  }

  /** Whether its onboarding is completed. */
  boolean onboarded() {
    return OnboardingStatus.COMPLETED.code().equals(json.getString("onboarding_status", null));
  }

  /** What only actions change. */
  private record Standing(String status, @Nullable Approval approval) {}
}
