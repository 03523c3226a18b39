package io.keyturn.apikey;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.SecretText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why somebody ended something, in their own words, for the audit log. */
public final class Reason {
  private static final int LONGEST = 500;

  private Reason() {}

  /**
   * A reason that must be given.
   *
   * @throws ProblemException 422
   */
  public static String required(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw ProblemException.invalid("reason", "must be given");
    }
    return checked(text);
  }

  /**
   * A reason that may be absent, as details of an audit event.
   *
   * @throws ProblemException 422
   */
  static Map<String, String> optional(@Nullable String text) {
    return text == null || text.isBlank() ? Map.of() : Map.of("reason", checked(text));
  }

  private static String checked(String text) {
    if (text.codePointCount(0, text.length()) > LONGEST) {
      throw ProblemException.invalid("reason", "must have at most " + LONGEST + " characters");
    }
    // PostgreSQL stores no NUL. Other control characters would reach somebody's terminal.
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r')) {
      throw ProblemException.invalid("reason", "must not have control characters");
    }
    if (SecretText.in(text)) {
      throw ProblemException.invalid("reason", SecretText.REFUSAL);
    }
    return text.strip();
  }
}
