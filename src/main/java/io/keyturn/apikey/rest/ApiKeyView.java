package io.keyturn.apikey.rest;

import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.http.Versioned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A key as the API answers it, without a secret. */
@Schema(
    name = "ApiKey",
    description = "A durable grant. Its secrets change; its id stays the same.")
public record ApiKeyView(
    UUID id,
    @Schema(
            examples = "ERP",
            description = "Unique among the organisation's keys that are not revoked.")
        String name,
    @Schema(enumeration = {"live", "test"}) String environment,
    @Schema(
            enumeration = {"active", "expired", "revoked"},
            description =
                "`expired`: the planned end has come, and the key is not revoked. `active`:"
                    + " neither expired nor revoked.")
        String status,
    @Schema(examples = "[\"suppliers:read\"]") List<String> scopes,
    @Schema(name = "secret_number", description = "The number of the current secret.")
        int secretNumber,
    @Schema(
            name = "secret_masked",
            nullable = true,
            examples = "kt_live_••••••••k3Zq",
            description = "The current secret, masked; null when the platform has forgotten it.")
        @Nullable String secretMasked,
    @Schema(
            name = "secret_expires_at",
            nullable = true,
            description = "When the current secret stops working, its grace period included.")
        @Nullable Instant secretExpiresAt,
    @Schema(
            name = "old_secret_expires_at",
            nullable = true,
            description = "When the previous secret stops working, while it still works.")
        @Nullable Instant oldSecretExpiresAt,
    @Schema(
            name = "refresh_interval",
            implementation = String.class,
            format = "duration",
            examples = "PT24H",
            description = "From one automatic refresh to the next: ISO 8601, PT1H to PT2160H.")
        Duration refreshInterval,
    @Schema(
            name = "grace_period",
            implementation = String.class,
            format = "duration",
            examples = "PT1H",
            description =
                "How long the previous secret stays accepted after an automatic refresh: ISO"
                    + " 8601, PT0S to PT24H, and not longer than the interval.")
        Duration gracePeriod,
    @Schema(name = "next_refresh_at", description = "When the next automatic refresh is due.")
        Instant nextRefreshAt,
    @Schema(name = "created_at") Instant createdAt,
    @Schema(
            name = "created_by",
            description = "The name of the person or key that created it, as it was then.")
        String createdBy,
    @Schema(
            name = "created_by_id",
            nullable = true,
            description = "The person or key that created it or took it over.")
        @Nullable UUID createdById,
    @Schema(name = "last_used_at", nullable = true, description = "A few seconds late.")
        @Nullable Instant lastUsedAt,
    @Schema(name = "expires_at", nullable = true, description = "The key's planned end.")
        @Nullable Instant expiresAt,
    @Schema(
            examples = "[\"192.0.2.0/24\", \"2001:db8::/32\"]",
            description = "The networks from which the key may be used; empty for every network.")
        List<String> networks,
    @Schema(
            name = "requests_per_minute",
            nullable = true,
            description = "Null for the default, 6000.")
        @Nullable Integer requestsPerMinute,
    @Schema(
            nullable = true,
            description = "The requests at once; null for the requests of a minute.")
        @Nullable Integer burst,
    @Schema(
            name = "requests_per_day",
            nullable = true,
            description = "Counted from 00:00 UTC; null for no limit.")
        @Nullable Integer requestsPerDay,
    @Schema(nullable = true) @Nullable KeyLimitView restrict,
    @Schema(name = "revoked_at", nullable = true) @Nullable Instant revokedAt,
    @Schema(description = "Grows with each change; the header ETag holds it too.") int version)
    implements Versioned {

  public static ApiKeyView of(ApiKeyRow row) {
    return new ApiKeyView(
        row.id().value(),
        row.name(),
        row.environment(),
        row.status().code(),
        row.scopes().stream().sorted().map(Scope::code).toList(),
        row.number(),
        row.masked(),
        row.acceptedUntil(),
        row.retiredUntil(),
        row.refreshInterval(),
        row.gracePeriod(),
        row.nextRefreshAt(),
        row.createdAt(),
        row.createdByName(),
        row.createdBy(),
        row.lastUsedAt(),
        row.expiresAt(),
        row.networks().isEmpty() ? List.of() : List.of(row.networks().split(" ")),
        row.requestsPerMinute(),
        row.burst(),
        row.requestsPerDay(),
        KeyLimitView.of(row.locations()),
        row.revokedAt(),
        row.version());
  }
}
