package io.keyturn.paging;

import jakarta.persistence.TypedQuery;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is searched for: rows in which a column contains this text, in whatever case. Nothing at all
 * finds everything.
 */
public record Search(String text) {
  /** The most characters that are searched for; what is beyond them is left out. */
  public static final int LONGEST = 100;

  private static final char DOTLESS = '\u0131';

  /** Everything. */
  public static final Search ALL = new Search("");

  /** Without spaces around it. */
  public Search {
    text = text.strip();
    if (text.length() > LONGEST) {
      text = text.substring(0, LONGEST);
    }
  }

  /** Of a parameter that may be absent. */
  public static Search of(@Nullable String text) {
    return text == null ? ALL : new Search(text);
  }

  /** Whether it finds everything. */
  public boolean all() {
    return text.isEmpty();
  }

  /**
   * The condition in JPQL, to follow others; {@link #bind} gives its parameters. A database whose
   * locale is C lowers no letters beyond ASCII: what is written as it was typed is found there too.
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
   * A text in JPQL in small letters, the same in each language of the machine: H2 makes an I
   * dotless in Turkish.
   */
  public static String lowered(String expression) {
    return "replace(lower(" + expression + "), '" + DOTLESS + "', 'i')";
  }

  /** Gives a query with the condition its parameters. */
  public <T> TypedQuery<T> bind(TypedQuery<T> query) {
    return all()
        ? query
        : query
            .setParameter("lowered", pattern(text.toLowerCase(Locale.ROOT).replace(DOTLESS, 'i')))
            .setParameter("typed", pattern(text));
  }

  private static String pattern(String part) {
    return "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
  }
}
