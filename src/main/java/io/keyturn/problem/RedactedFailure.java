package io.keyturn.problem;

import org.jspecify.annotations.Nullable;

/**
 * An unforeseen failure for the log, with its stack traces and messages. A message that holds a
 * secret is left out, since messages may quote received text.
 */
final class RedactedFailure extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 300;
  private static final int DEEPEST = 20;

  private RedactedFailure(Throwable thrown, @Nullable RedactedFailure cause) {
    super(line(thrown), cause, false, true);
    setStackTrace(thrown.getStackTrace());
  }

  static RedactedFailure of(Throwable thrown) {
    return of(thrown, 1);
  }

  private static RedactedFailure of(Throwable thrown, int depth) {
    Throwable cause = thrown.getCause();
    return new RedactedFailure(
        thrown, cause == null || depth == DEEPEST ? null : of(cause, depth + 1));
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
