package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/** The body of a request after JSON-B has read it. */
public final class Body {
  private Body() {}

  /**
   * A required body.
   *
   * @throws ProblemException 400 when there is none
   */
  public static <T> T given(@Nullable T body) {
    if (body == null) {
      throw ProblemException.malformed("Send a JSON object, {} at least.");
    }
    return body;
  }
}
