/**
 * Verifying the secret of each request: the hot path.
 *
 * <p>Start with {@link io.keyturn.verification.VerificationFilter}. {@code SentSecret} finds the
 * secret in the request; {@link io.keyturn.verification.Verifier} refuses garbage by its checksum,
 * looks the digest up, which is cached for less than a second, and compares deadlines with the
 * clock; {@code Admission} checks network and quotas. {@link
 * io.keyturn.verification.VerifyResource} and {@link io.keyturn.verification.IntrospectionResource}
 * do the same for other services.
 *
 * <p>Tests: {@code VerificationHttpIT}, {@code CredentialsHttpIT}, {@code ForwardAuthHttpIT},
 * {@code IntrospectionHttpIT}, {@code GuessingHttpIT}.
 */
@NullMarked
package io.keyturn.verification;

import org.jspecify.annotations.NullMarked;
