package io.keyturn.access;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The API key on whose behalf a request runs.
 *
 * @param organisationId whose data it sees
 * @param secretNumber the number of the credential that was sent
 * @param secretExpiresAt when that secret stops working
 * @param nextRefreshAt when the key's next automatic refresh is due
 * @param restrictions what narrows the key's use
 */
public record Caller(
    UUID organisationId,
    String organisationDomain,
    String organisationName,
    UUID keyId,
    String keyName,
    String environment,
    Set<Scope> scopes,
    int secretNumber,
    Instant secretExpiresAt,
    Instant nextRefreshAt,
    Restrictions restrictions) {}
