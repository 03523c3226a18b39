package io.keyturn.supplier;

import io.keyturn.json.RecordWriter;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.Map;
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
    members.putAll(RecordWriter.write(new Standing(supplier.status().code(), supplier.approval())));
    return new SupplierState(RecordWriter.write(members));
  }

  /** What only actions change. */
  private record Standing(String status, @Nullable Approval approval) {}
}
