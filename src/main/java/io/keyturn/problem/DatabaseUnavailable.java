package io.keyturn.problem;

/**
 * The database is not asked, for it does not answer or too many wait for it already. There are many
 * of these at a time, so it costs little: it has no stack trace, and is not logged.
 */
public class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DatabaseUnavailable(String message) {
    super(message, null, false, false);
  }
}
