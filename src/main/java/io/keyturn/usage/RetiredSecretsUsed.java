package io.keyturn.usage;

import java.util.List;

/**
 * These retired secrets were accepted shortly before their end. Whoever knows the keys observes it,
 * outside of requests. It is fired again while a secret is used.
 */
public record RetiredSecretsUsed(List<CredentialNumber> credentials) {}
