package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.secret.Secret;
import java.time.Instant;

/**
 * A key's current secret, for the person or caller that created or refreshed it.
 *
 * @param number the credential's number
 * @param acceptedUntil when this secret stops working
 */
public record IssuedSecret(ApiKeyId keyId, int number, Secret secret, Instant acceptedUntil) {}
