package io.keyturn.problem;

import org.jspecify.annotations.Nullable;

/**
 * What the log is told of a failure that was not foreseen: where it was thrown and why, but nothing
 * of a message that holds a secret, for messages quote what somebody sent.
 */
final class Told extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;
  private static final int DEEPEST = 20;

  private Told(Throwable thrown, @Nullable Told cause) {
    super(line(thrown), cause, false, true);
    setStackTrace(thrown.getStackTrace());
  }

  static Told of(Throwable thrown) {
    return of(thrown, 1);
  }

  private static Told of(Throwable thrown, int depth) {
    Throwable cause = thrown.getCause();
    return new Told(thrown, cause == null || depth == DEEPEST ? null : of(cause, depth + 1));
  }

  private static String line(Throwable thrown) {
    String message = thrown.getMessage();
    if (message == null) {
      return thrown.getClass().getName();
    }
    String hidden = SecretText.hidden(message);
    return thrown.getClass().getName()
        + ": "
        + (hidden.length() > LONGEST ? hidden.substring(0, LONGEST) + "…" : hidden);
  }

  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
