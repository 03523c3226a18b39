package io.keyturn.renewal;

import io.keyturn.access.ApiKeyId;
import io.keyturn.secret.Secret;

/**
 * A new renewal credential, which is shown only once.
 *
 * @param clientId the key's id
 */
public record IssuedRenewal(ApiKeyId clientId, Secret clientSecret) {}
