package io.keyturn.renewal;

import io.keyturn.secret.Secret;
import java.util.UUID;

/**
 * A new renewal credential, which is shown only once.
 *
 * @param clientId the key's id
 */
public record IssuedRenewal(UUID clientId, Secret clientSecret) {}
