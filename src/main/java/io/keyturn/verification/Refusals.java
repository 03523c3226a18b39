package io.keyturn.verification;

/**
 * One case for each refusal of a {@link Verification}. Until Java 21, a {@code switch} cannot do
 * this.
 *
 * @param <R> what a refusal is mapped to
 */
interface Refusals<R> {
  R missing(Verification.Missing refused);

  R ambiguous(Verification.Ambiguous refused);

  R malformed(Verification.Malformed refused);

  R unknown(Verification.Unknown refused);

  R unknownClient(Verification.UnknownClient refused);

  R tooManyClientFailures(Verification.TooManyClientFailures refused);

  R refreshed(Verification.Refreshed refused);

  R expired(Verification.Expired refused);

  R revoked(Verification.Revoked refused);

  R keyExpired(Verification.KeyExpired refused);

  R networkNotAllowed(Verification.NetworkNotAllowed refused);

  R clientNetworkNotAllowed(Verification.ClientNetworkNotAllowed refused);

  R keyRateLimited(Verification.KeyRateLimited refused);

  R organisationRateLimited(Verification.OrganisationRateLimited refused);

  R tooManyFailures(Verification.TooManyFailures refused);
}
