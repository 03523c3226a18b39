package io.keyturn.user.signin;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Limits the calls to the provider: few at a time, and none for a while after a time-out. So a
 * provider that hangs holds few server threads.
 */
@ApplicationScoped
class ProviderCalls {
  private static final int AT_A_TIME = 8;
  private static final long AFTER_SILENCE_MILLIS = 10_000;

  /** A call to the provider. */
  interface Question<T> {
    T ask() throws SsoFailure;
  }

  /**
   * Calls the provider.
   *
   * @throws SsoFailure when the answer does not admit the person
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException when no call
   *     was made
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
