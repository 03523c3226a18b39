package io.keyturn.user.signin;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * The conversations with the provider. Few go on at a time, and none for a while after it was
 * silent, so that a provider that hangs holds up few threads of ours.
 */
@ApplicationScoped
class ProviderCalls {
  private static final int AT_A_TIME = 8;
  private static final long AFTER_SILENCE_MILLIS = 10_000;

  /** What is asked of the provider. */
  interface Question<T> {
    T ask() throws SsoFailure;
  }

  /**
   * Asks.
   *
   * @throws SsoFailure when the answer does not let anybody in
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException when it was
   *     not asked
   */
  @Bulkhead(AT_A_TIME)
  @CircuitBreaker(
      requestVolumeThreshold = 2,
      failureRatio = 0.5,
      delay = AFTER_SILENCE_MILLIS,
      failOn = SsoFailure.Silent.class)
  <T> T ask(Question<T> question) throws SsoFailure {
    return question.ask();
  }
}
