package io.keyturn.operator;

import io.keyturn.http.Versioned;
import io.keyturn.organisation.Organisation;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An organisation for the operator. */
@Schema(name = "Organisation")
public record OrganisationView(
    UUID id,
    @Schema(examples = "acme", description = "The start of its host's name.") String domain,
    String name,
    @Schema(enumeration = {"active", "suspended"}) String status,
    @Schema(name = "suspended_at", nullable = true) @Nullable Instant suspendedAt,
    @Schema(description = "Whether secrets are shown once only, and never kept.") boolean strict,
    @Schema(name = "created_at") Instant createdAt,
    @Schema(description = "The version, which is also the ETag.") int version)
    implements Versioned {

  static OrganisationView of(Organisation organisation) {
    return new OrganisationView(
        organisation.id().value(),
        organisation.domain(),
        organisation.name(),
        organisation.suspended() ? "suspended" : "active",
        organisation.suspendedAt(),
        organisation.strict(),
        organisation.createdAt(),
        organisation.version());
  }
}
