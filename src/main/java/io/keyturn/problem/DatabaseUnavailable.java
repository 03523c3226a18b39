package io.keyturn.problem;

/**
 * The database was not queried, because it does not answer or too many threads wait for it already.
 * This exception is frequent and therefore cheap: it has no stack trace, and is not logged.
 */
public class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseUnavailable(String message) {
    super(message, null, false, false);
  }
}
