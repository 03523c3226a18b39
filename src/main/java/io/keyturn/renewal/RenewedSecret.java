package io.keyturn.renewal;

import io.keyturn.access.Scope;
import io.keyturn.secret.Secret;
import java.time.Instant;
import java.util.Set;

/**
 * A key's secret, handed out to whoever renews it.
 *
 * @param scopes what the secret may do: all that the key may
 * @param until how long its holder can count on it
 */
public record RenewedSecret(Secret secret, Set<Scope> scopes, Instant until) {}
