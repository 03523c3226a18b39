/**
 * Verifying the secret of each request: the hot path. One call, one value (decision record 0034).
 *
 * <p>Start with {@link io.keyturn.verification.VerificationFilter}. {@code SecretHeaders} reads the
 * text that was sent. {@code SecretVerification.verify} takes it as a {@code PresentedSecret} and
 * answers a {@code Verification}, in these steps: form and checksum; {@code KnownCredentials} finds
 * the credential by its digest, which {@code CredentialCache} remembers until it hears of a change;
 * deadlines, against the clock; {@code RestrictionCheck}, networks and quotas. {@code
 * RenewalCredentialVerification} answers the same for a renewal credential. {@code
 * VerificationProblems} maps each refusal to its problem, and nothing else does.
 *
 * <p>{@link io.keyturn.verification.VerifyResource} and {@link
 * io.keyturn.verification.IntrospectionResource} ask the same question for other services.
 *
 * <p>Tests: {@code SecretVerificationTest} and {@code VerificationProblemsTest} without a server;
 * {@code VerificationHttpIT}, {@code CredentialsHttpIT}, {@code ForwardAuthHttpIT}, {@code
 * IntrospectionHttpIT}, {@code GuessingHttpIT}.
 */
@NullMarked
package io.keyturn.verification;

import org.jspecify.annotations.NullMarked;
