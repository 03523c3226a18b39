package io.keyturn.supplier;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What must wait with a supplier: as it is sent, stored and answered. */
@Schema(
    name = "Hold",
    requiredProperties = "scope",
    description = "What the organisation holds back from this supplier for now.")
public record Hold(
    @Schema(enumeration = {"all", "invoices", "payments"}) @Nullable String scope,
    @Schema(nullable = true, description = "When the hold ends by itself; null: not by itself.")
        @Nullable Instant until,
    @Schema(nullable = true, maxLength = 500) @Nullable String reason) {

  /** Whether it has not ended by then. */
  public boolean counts(Instant now) {
    return until == null || until.isAfter(now);
  }
}
