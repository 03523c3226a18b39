package io.keyturn.apikey;

import io.keyturn.secret.Secret;
import java.time.Instant;
import java.util.UUID;

/**
 * A key's current secret, for the person or caller that created or refreshed it.
 *
 * @param number the credential's number
 * @param acceptedUntil when this secret stops working
 */
public record IssuedSecret(UUID keyId, int number, Secret secret, Instant acceptedUntil) {}
