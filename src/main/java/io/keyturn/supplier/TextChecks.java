package io.keyturn.supplier;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks the texts of one request, and collects what is wrong with each member. */
final class TextChecks {
  private final List<FieldError> errors = new ArrayList<>();

  void wrong(String field, String message) {
    errors.add(new FieldError(field, message));
  }

  boolean fine() {
    return errors.isEmpty();
  }

  /**
   * Ends the checks.
   *
   * @throws ProblemException 422 naming each member at fault
   */
  void done() {
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  /** A text of one line, or null when nothing is left of it without the space around it. */
  @Nullable String line(String field, @Nullable String text, int longest) {
    return text(field, text, longest, false);
  }

  /** A text of any number of lines. */
  @Nullable String lines(String field, @Nullable String text, int longest) {
    return text(field, text, longest, true);
  }

  private @Nullable String text(
      String field, @Nullable String sent, int longest, boolean severalLines) {
    if (sent == null) {
      return null;
    }
    String text = Names.clean(sent);
    if (text.codePointCount(0, text.length()) > longest) {
      wrong(field, "must have at most " + longest + " characters");
    }
    boolean control = false;
    boolean half = false;
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      int c = text.codePointAt(i);
      control |= refused(c, severalLines);
      half |= c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
    if (control) {
      wrong(field, "must not have control characters");
    }
    if (half) {
      // Half of a character, which PostgreSQL does not store.
      wrong(field, "must be Unicode");
    }
    return text.isEmpty() ? null : text;
  }

  /** PostgreSQL stores no NUL; other control characters would reach a terminal or a spreadsheet. */
  private static boolean refused(int c, boolean severalLines) {
    boolean lineEnd = c == '\n' || c == '\r' || c == '\t';
    return (Character.isISOControl(c) && !(severalLines && lineEnd))
        || c == '\u2028'
        || c == '\u2029';
  }

  /** A text of one line that must be given. */
  String required(String field, @Nullable String sent, int longest) {
    String text = line(field, sent, longest);
    if (text == null) {
      wrong(field, "must be given");
    }
    return Objects.requireNonNullElse(text, "");
  }

  /** Says what is wrong with a list that is too long. */
  void size(String field, List<?> values, int most) {
    if (values.size() > most) {
      wrong(field, "must have at most " + most + " entries");
    }
  }
}
