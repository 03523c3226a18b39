package io.keyturn.user;

import com.ibm.websphere.security.UserRegistry;
import com.ibm.websphere.security.WSSecurityException;
import com.ibm.wsspi.security.registry.RegistryHelper;
import io.keyturn.user.ServerRegistry.Unreachable;
import jakarta.enterprise.context.ApplicationScoped;
import java.rmi.RemoteException;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * The conversations with the server's user registry. Few go on at a time, and none for a while
 * after it was silent, so that a directory that hangs holds up few threads of ours.
 */
@ApplicationScoped
class RegistryCalls {
  private static final int AT_A_TIME = 8;
  private static final long AFTER_SILENCE_MILLIS = 10_000;

  /** A failure after so long was a time-out; the registry's exceptions do not tell. */
  private static final Duration TIME_OUT = Duration.ofSeconds(2);

  /** It does not answer, which took long. */
  static final class Silent extends Unreachable {
    private static final long serialVersionUID = 1L;

    Silent(String message) {
      super(message);
    }
  }

  /** What is asked of the registry. */
  interface Question<T> {
    T of(UserRegistry registry) throws WSSecurityException, RemoteException, Unreachable;
  }

  /**
   * Asks.
   *
   * @throws Unreachable when it does not answer
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException when it was
   *     not asked
   */
  @Bulkhead(AT_A_TIME)
  @CircuitBreaker(
      requestVolumeThreshold = 2,
      failureRatio = 0.5,
      delay = AFTER_SILENCE_MILLIS,
      failOn = Silent.class)
  <T> T ask(Question<T> question) throws Unreachable {
    long begin = System.nanoTime();
    try {
      UserRegistry registry = RegistryHelper.getUserRegistry(null);
      if (registry == null) {
        throw new Unreachable("the server has none");
      }
      return question.of(registry);
    } catch (WSSecurityException | RemoteException e) {
      String message = String.valueOf(e.getMessage());
      throw System.nanoTime() - begin > TIME_OUT.toNanos()
          ? new Silent(message)
          : new Unreachable(message);
    }
  }
}
