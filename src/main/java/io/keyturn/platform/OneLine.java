package io.keyturn.platform;

import io.keyturn.problem.ProblemException;

/** Names that people type: one line, short, and nothing in it that cannot be seen. */
public final class OneLine {
  private OneLine() {}

  /**
   * The text without space around it.
   *
   * @param longest how many characters it may have
   * @throws ProblemException 422 naming the field
   */
  public static String of(String field, String text, int longest) {
    String line = text.strip();
    if (line.isEmpty() || line.codePointCount(0, line.length()) > longest) {
      throw ProblemException.invalid(field, "must have 1 to " + longest + " characters");
    }
    if (line.codePoints().anyMatch(OneLine::unfit)) {
      throw ProblemException.invalid(field, "must not have control characters");
    }
    return line;
  }

  /** Control characters, and those that turn the direction of text or cannot be stored. */
  private static boolean unfit(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
