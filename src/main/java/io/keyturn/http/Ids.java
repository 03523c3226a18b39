package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import java.util.UUID;

/** Identifiers in requests: UUIDs in canonical form only. */
public final class Ids {
  private Ids() {}

  /**
   * A UUID of 36 characters. {@link UUID#fromString} alone also accepts shorter texts.
   *
   * @throws IllegalArgumentException when it is no such UUID
   */
  public static UUID parse(String text) {
    if (text.length() != 36) {
      throw new IllegalArgumentException("not a UUID");
    }
    return UUID.fromString(text);
  }

  /**
   * An id in a path.
   *
   * @throws ProblemException 404, since a malformed id names no object
   */
  public static UUID inPath(String what, String text) {
    try {
      return parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.notFound(what);
    }
  }
}
