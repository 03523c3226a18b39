package io.keyturn.supplier;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Whether a supplier's approval was asked for, and how it was decided. */
@Schema(
    name = "Approval",
    description = "When the approval was asked for, and how it was decided the last time.")
public record Approval(
    @Schema(name = "requested_at", nullable = true) @Nullable Instant requestedAt,
    @Schema(name = "decided_at", nullable = true) @Nullable Instant decidedAt,
    @Schema(name = "decided_by", nullable = true) @Nullable RecordedActor decidedBy,
    @Schema(nullable = true) @Nullable String reason) {}
