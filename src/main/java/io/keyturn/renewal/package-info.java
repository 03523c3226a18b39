/**
 * Renewal by OAuth 2.0: a credential of its own fetches a key's current secret.
 *
 * <p>Start with {@link io.keyturn.renewal.TokenResource}: client credentials (RFC 6749 §4.4).
 * {@link io.keyturn.renewal.RenewalClients} identifies the client, {@link
 * io.keyturn.renewal.SecretRenewal} finds the secret to go on with. {@code TokenRefusals} maps each
 * refusal to its failure, and nothing else does. {@link io.keyturn.renewal.Renewal} switches a
 * key's renewal credential on and off.
 *
 * <p>Tests: {@code TokenRequestTest}, {@code TokenRefusalsTest}, {@code OAuthTokenHttpIT}, {@code
 * OAuthClientsHttpIT}.
 */
@NullMarked
package io.keyturn.renewal;

import org.jspecify.annotations.NullMarked;
