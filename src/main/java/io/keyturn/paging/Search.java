package io.keyturn.paging;

import jakarta.persistence.TypedQuery;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A search: finds rows in which a column contains this text, ignoring case. An empty text finds all
 * rows.
 */
public record Search(String text) {
  /** The most characters of a search; further characters are ignored. */
  public static final int LONGEST = 100;

  private static final char DOTLESS = '\u0131';

  /** The small sigma at the end of a Greek word. It is the same letter as {@link #SIGMA}. */
  public static final char FINAL_SIGMA = '\u03c2';

  /** The small sigma within a Greek word. */
  public static final char SIGMA = '\u03c3';

  /** Finds all rows. */
  public static final Search ALL = new Search("");

  /** Strips the spaces around the text. */
  public Search {
    text = text.strip();
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST);
    }
  }

  /** The search for a parameter that may be absent. */
  public static Search of(@Nullable String text) {
    return text == null ? ALL : new Search(text);
  }

  /** Whether the search finds all rows. */
  public boolean all() {
    return text.isEmpty();
  }

  /**
   * The condition in JPQL, which follows other conditions; {@link #bind} sets its parameters. A
   * database with the locale C converts only ASCII letters to lower case, so the condition also
   * compares the text as it was typed.
   *
   * @param columns such as {@code k.name}
   */
  public String and(String... columns) {
    return all()
        ? ""
        : Arrays.stream(columns)
            .map(
                c ->
                    "%2$s like :lowered escape '!' or %1$s like :typed escape '!'"
                        .formatted(c, lowered(c)))
            .collect(Collectors.joining(" or ", " and (", ")"));
  }

  /**
   * An expression in JPQL in lower case, independent of the machine's locale and of the database:
   * with a Turkish locale H2 turns an I into a dotless ı, and only some turn a Σ at the end of a
   * word into a ς.
   */
  public static String lowered(String expression) {
    return "replace(replace(lower(%s), '%s', 'i'), '%s', '%s')"
        .formatted(expression, DOTLESS, FINAL_SIGMA, SIGMA);
  }

  /** The same of a text. */
  private static String loweredText(String text) {
    return text.toLowerCase(Locale.ROOT).replace(DOTLESS, 'i').replace(FINAL_SIGMA, SIGMA);
  }

  /** Sets the parameters of a query with the condition. */
  public <T> TypedQuery<T> bind(TypedQuery<T> query) {
    return all()
        ? query
        : query
            .setParameter("lowered", pattern(loweredText(text)))
            .setParameter("typed", pattern(text));
  }

  /** A text for a pattern of LIKE, in which {@code !} escapes special characters. */
  public static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** A pattern of LIKE for texts that contain this text, to be used like {@link #escaped}. */
  public static String pattern(String part) {
    return "%" + escaped(part) + "%";
  }
}
