package io.keyturn.supplier.file;

import io.keyturn.supplier.RecordedActor;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An import as the API answers it. */
@JsonbPropertyOrder({
  "id",
  "state",
  "reason",
  "dryRun",
  "fileName",
  "rows",
  "rowsRead",
  "created",
  "updated",
  "unchanged",
  "rejected",
  "createdAt",
  "startedAt",
  "finishedAt",
  "createdBy"
})
@Schema(name = "SupplierImport", description = "A file of suppliers, and how far it is done.")
public record SupplierImportView(
    UUID id,
    @Schema(
            enumeration = {"receiving", "waiting", "queued", "running", "completed", "stopped"},
            description =
                "`waiting`: somebody looks at its first rows before it starts. `stopped`: it has ended before all rows were read; `reason` says why. What was"
                    + " written stays.")
        String state,
    @Schema(nullable = true, description = "Why it was stopped.") @Nullable String reason,
    @Schema(name = "dry_run", description = "Whether nothing is written.") boolean dryRun,
    @Schema(name = "file_name", nullable = true, examples = "suppliers.csv")
        @Nullable String fileName,
    @Schema(description = "How many rows the file has, without its header.") int rows,
    @Schema(name = "rows_read", description = "How many of them are done.") int rowsRead,
    @Schema(description = "How many suppliers were created.") int created,
    @Schema(description = "How many suppliers were changed.") int updated,
    @Schema(description = "How many rows say what was known already.") int unchanged,
    @Schema(description = "How many rows are in the result, each with a reason.") int rejected,
    @Schema(name = "created_at") Instant createdAt,
    @Schema(name = "started_at", nullable = true) @Nullable Instant startedAt,
    @Schema(name = "finished_at", nullable = true) @Nullable Instant finishedAt,
    @Schema(name = "created_by", description = "As whom it writes.") RecordedActor createdBy) {

  static SupplierImportView of(SupplierImport one) {
    return new SupplierImportView(
        one.id(),
        one.state().name().toLowerCase(Locale.ROOT),
        one.reason(),
        one.dryRun(),
        one.fileName(),
        one.rowsTotal(),
        one.rowsRead(),
        one.rowsCreated(),
        one.rowsUpdated(),
        one.rowsUnchanged(),
        one.rowsRejected(),
        one.createdAt(),
        one.startedAt(),
        one.finishedAt(),
        RecordedActor.of(one.actor()));
  }
}
