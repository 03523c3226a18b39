package io.keyturn.apikey;

import java.util.UUID;

/**
 * A key's secret leaked and was stopped; observers end, in the same transaction, what else opens.
 */
public record KeyLeaked(UUID organisationId, UUID keyId) {}
