package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.SecretText;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Names that people type: one short line without invisible characters, and without a secret, which
 * everybody could read.
 */
public final class OneLine {
  private static final String BLANK = "\u115f\u1160\u3164\uffa0\u2800";

  /**
   * A zero-width joiner between two pictures, which makes them a single emoji. A variation selector
   * or a skin tone may follow the first picture.
   */
  private static final Pattern EMOJI_JOINER =
      Pattern.compile("(\\p{So}[\\ufe0f\\x{1f3fb}-\\x{1f3ff}]?)\\u200d(?=[\\p{So}\u2194])");

  /**
   * A zero-width joiner or non-joiner where the writing of a language needs it (RFC 5892, appendix
   * A): after the sign that takes an Indic letter its vowel, and between letters of a script whose
   * letters are joined.
   */
  private static final Pattern SCRIPT_JOINER =
      Pattern.compile(
          "([\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca])[\\u200c\\u200d]"
              + "|([\\p{L}&&[\\p{IsArabic}\\p{IsSyriac}\\p{IsMongolian}]]\\p{M}*)\\u200c"
              + "(?=[\\p{L}&&[\\p{IsArabic}\\p{IsSyriac}\\p{IsMongolian}]])");

  private OneLine() {}

  /**
   * The text without surrounding space.
   *
   * @param longest the most characters
   * @throws ProblemException 422 naming the field
   */
  public static String of(String field, String text, int longest) {
    String line = strip(text);
    if (line.isEmpty() || line.codePointCount(0, line.length()) > longest) {
      throw ProblemException.invalid(field, "must have 1 to " + longest + " characters");
    }
    if (withoutJoiners(line).codePoints().anyMatch(OneLine::unfit)) {
      throw ProblemException.invalid(
          field, "must not have control characters or other invisible characters");
    }
    if (SecretText.in(line)) {
      throw ProblemException.invalid(field, SecretText.REFUSAL);
    }
    return line;
  }

  /**
   * Like {@link #of}, for a text that the client cannot correct: a text that cannot be shown is
   * replaced.
   */
  public static String orElse(String text, int longest, String otherwise) {
    try {
      return of("text", text, longest);
    } catch (ProblemException e) {
      return otherwise;
    }
  }

  /** The text without the joiners that belong where they are. */
  private static String withoutJoiners(String line) {
    return SCRIPT_JOINER
        .matcher(EMOJI_JOINER.matcher(line).replaceAll("$1"))
        .replaceAll(found -> Objects.requireNonNullElseGet(found.group(1), () -> found.group(2)));
  }

  /** The text without surrounding space of any kind. */
  private static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && space(text.charAt(from))) {
      from++;
    }
    while (from < to && space(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /**
   * Space characters, including some that {@link String#strip} leaves: no-break spaces, Hangul
   * fillers and the empty braille pattern.
   */
  private static boolean space(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || BLANK.indexOf(c) >= 0;
  }

  /**
   * Control characters, characters that change the direction of text, and characters that cannot be
   * stored.
   */
  private static boolean unfit(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
