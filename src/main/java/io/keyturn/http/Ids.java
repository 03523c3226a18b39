package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import java.util.UUID;

/** Identifiers in requests: UUIDs in their one canonical form. */
public final class Ids {
  private Ids() {}

  /**
   * A UUID of 36 characters; {@link UUID#fromString} by itself takes shorter ones too.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static UUID parse(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("not a UUID");
    }
    return UUID.fromString(text);
  }

  /**
   * An id out of a path.
   *
   * @throws ProblemException 404, for what is no id names nothing
   */
  public static UUID inPath(String what, String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound(what);
    }
  }
}
