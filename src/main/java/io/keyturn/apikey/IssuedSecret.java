package io.keyturn.apikey;

import io.keyturn.secret.Secret;
import java.time.Instant;
import java.util.UUID;

/**
 * A key's current secret, handed out to whoever created or refreshed it.
 *
 * @param number the credential's number
 * @param acceptedUntil when this secret stops working
 */
public record IssuedSecret(UUID keyId, int number, Secret secret, Instant acceptedUntil) {}
