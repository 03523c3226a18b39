package io.keyturn.renewal;

import io.keyturn.secret.Secret;
import java.util.UUID;

/**
 * A renewal credential as it is shown this once.
 *
 * @param clientId the key's id
 */
public record IssuedRenewal(UUID clientId, Secret clientSecret) {}
