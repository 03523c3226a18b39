package io.keyturn.apikey;

import java.util.UUID;

/**
 * A key's secret leaked and was stopped. Observers end, in the same transaction, everything else
 * that gives access to the key's secrets.
 */
public record KeyLeaked(UUID organisationId, UUID keyId) {}
