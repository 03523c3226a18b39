package io.keyturn.supplier;

import io.keyturn.json.RecordWriter;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Something that was done to a supplier, as the API answers it. */
@Schema(name = "SupplierChange", description = "Something that was done to a supplier.")
public record SupplierChangeView(
    @Schema(description = "1 for the first change.") int number,
    Instant at,
    @Schema(
            enumeration = {
              "created",
              "changed",
              "submitted",
              "approved",
              "rejected",
              "archived",
              "unarchived"
            })
        String action,
    RecordedActor actor,
    @Schema(
            nullable = true,
            description =
                "Why it was approved, rejected or archived. Null where no reason was given, and for"
                    + " changes from before Keyturn recorded it here.")
        @Nullable String reason,
    @Schema(description = "The members that have another value since then.")
        List<MemberChange> members) {

  /** A member that has another value since a change. */
  @JsonbPropertyOrder({"name", "before", "after"})
  @Schema(
      name = "MemberChange",
      requiredProperties = {"name", "before", "after"})
  public record MemberChange(
      @Schema(examples = "currency", description = "The member's name.") String name,
      @Schema(nullable = true, implementation = Object.class, description = "Null: no value.")
          @Nullable JsonValue before,
      @Schema(nullable = true, implementation = Object.class, description = "Null: no value.")
          @Nullable JsonValue after) {}

  static SupplierChangeView of(SupplierChange change) {
    List<MemberChange> members = new ArrayList<>();
    RecordWriter.object(change.members())
        .forEach(
            (name, difference) ->
                members.add(
                    new MemberChange(
                        name,
                        difference.asJsonObject().get("before"),
                        difference.asJsonObject().get("after"))));
    return new SupplierChangeView(
        change.number(),
        change.at(),
        change.action().code(),
        change.actor(),
        change.reason(),
        members);
  }
}
