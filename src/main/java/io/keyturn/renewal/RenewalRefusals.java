package io.keyturn.renewal;

/**
 * One case for each refusal of a {@link Renewal}. Until Java 21, a {@code switch} cannot do this.
 *
 * @param <R> what a refusal is mapped to
 */
interface RenewalRefusals<R> {
  R unknownClient(Renewal.UnknownClient refused);

  R tooManyFailures(Renewal.TooManyFailures refused);

  R networkNotAllowed(Renewal.NetworkNotAllowed refused);

  R justEnded(Renewal.JustEnded refused);

  R scopeLacking(Renewal.ScopeLacking refused);

  R keyExpired(Renewal.KeyExpired refused);
}
