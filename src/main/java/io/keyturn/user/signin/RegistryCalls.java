package io.keyturn.user.signin;

import com.ibm.websphere.security.UserRegistry;
import com.ibm.websphere.security.WSSecurityException;
import com.ibm.wsspi.security.registry.RegistryHelper;
import io.keyturn.user.signin.ServerRegistry.Unreachable;
import jakarta.enterprise.context.ApplicationScoped;
import java.rmi.RemoteException;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Limits the calls to the server's user registry: few at a time, and none for a while after a
 * time-out. So a directory that hangs holds few server threads.
 */
@ApplicationScoped
class RegistryCalls {
  private static final int AT_A_TIME = 8;
  private static final long AFTER_SILENCE_MILLIS = 10_000;

  /**
   * The server opens its connections one after the other, so that the time-outs of waiting calls
   * add up.
   */
  private static final int ASKED_AT_A_TIME = 2;

  private static final int WAIT_SECONDS = 3;

  private final Semaphore turns = new Semaphore(ASKED_AT_A_TIME, true);

  /** The registry did not accept a connection, or did not answer, before the time-out. */
  static final class Silent extends Unreachable {
    private static final long serialVersionUID = 1L;

    Silent(String message) {
      super(message);
    }
  }

  /** A call to the registry. */
  interface Question<T> {
    T of(UserRegistry registry) throws WSSecurityException, RemoteException, Unreachable;
  }

  /**
   * Calls the registry.
   *
   * @throws Unreachable when the registry does not answer
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException when no call
   *     was made
   */
  @Bulkhead(AT_A_TIME)
  @CircuitBreaker(
      requestVolumeThreshold = 2,
      failureRatio = 0.5,
      delay = AFTER_SILENCE_MILLIS,
      failOn = Silent.class)
  <T> T ask(Question<T> question) throws Unreachable {
    waitForATurn();
    try {
      UserRegistry registry = RegistryHelper.getUserRegistry(null);
      if (registry == null) {
        throw new Unreachable("the server has no user registry");
      }
      return question.of(registry);
    } catch (WSSecurityException | RemoteException e) {
      throw failure(String.valueOf(e.getMessage()));
    } finally {
      turns.release();
    }
  }

  private void waitForATurn() throws Unreachable {
    try {
      if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new Unreachable("too many requests wait for it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unreachable("interrupted");
    }
  }

  /** The registry's exceptions name a time-out only in their message. */
  static Unreachable failure(String message) {
    return message.toLowerCase(Locale.ROOT).contains("timed out")
        ? new Silent(message)
        : new Unreachable(message);
  }
}
