package io.keyturn.problem;

import jakarta.servlet.ServletRequest;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of requests that failed. Each line has the id of the request, which the answer
 * has too, so that an operator finds what a person reports.
 *
 * <p>What a stranger can cause at will (an unknown address, a wrong method) is logged at level FINE
 * only, so that nobody fills the disk.
 */
public final class FailureLog {
  private static final Logger LOG = Logger.getLogger(FailureLog.class.getName());

  private FailureLog() {}

  /** Logs a failure of ours, with where it was thrown and why, but without any secret. */
  public static void unforeseen(ServletRequest request, Throwable thrown) {
    LOG.log(Level.SEVERE, failed(request), RedactedFailure.of(thrown));
  }

  /** Logs a failure that was foreseen: a lost database as a warning. */
  public static void foreseen(ServletRequest request, Failure failure, Throwable thrown) {
    LOG.log(
        failure.ofDatabase() ? Level.WARNING : Level.FINE,
        () ->
            failed(request)
                + (failure.ofDatabase()
                    ? ": database unavailable: " + thrown.getClass().getName()
                    : ": " + failure.problem().type().code()));
  }

  /**
   * Logs what the container refused, or did not manage.
   *
   * @param thrown what it says that was thrown, if it says so
   */
  public static void ofContainer(ServletRequest request, int status, @Nullable Throwable thrown) {
    if (status < 500) {
      LOG.log(Level.FINE, () -> failed(request) + ": status " + status);
    } else if (thrown == null) {
      LOG.log(Level.SEVERE, () -> failed(request) + ": the server answered " + status);
    } else {
      unforeseen(request, thrown);
    }
  }

  private static String failed(ServletRequest request) {
    return "request " + RequestId.of(request) + " failed";
  }
}
