package io.keyturn.renewal;

import io.keyturn.access.Scope;
import io.keyturn.secret.Secret;
import java.time.Instant;
import java.util.Set;

/**
 * A key's current secret, as a renewal answers it.
 *
 * @param scopes what the secret may do: all that the key may
 * @param until until when the client can count on the secret
 */
public record RenewedSecret(Secret secret, Set<Scope> scopes, Instant until) {}
