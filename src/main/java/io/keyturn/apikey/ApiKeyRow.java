package io.keyturn.apikey;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key as lists show it, with its current credential.
 *
 * @param lastUsedAt when a secret of it was last accepted, some seconds late
 * @param retiredUntil until when the secret before is accepted, where it still is
 */
public record ApiKeyRow(
    UUID id,
    String name,
    String environment,
    String masked,
    int number,
    Instant createdAt,
    String createdByName,
    @Nullable Instant lastUsedAt,
    Instant nextRefreshAt,
    @Nullable Instant retiredUntil) {}
