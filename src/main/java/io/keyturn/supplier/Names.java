package io.keyturn.supplier;

import io.keyturn.paging.Search;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sorts and finds names in Java, because databases and their collations differ. */
public final class Names {
  /** The longest sort key, in bytes. Names with the same sort key are sorted by id. */
  static final int MAX_SORT_KEY = 200;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  /** The invisible characters that people paste with white space. */
  private static final String INVISIBLE = "\u200B\u2060\uFEFF";

  private Names() {}

  /**
   * A text without case and accents, by which names are sorted and found. The detour over lower and
   * upper case makes ẞ, ß and ss the same. Java writes a sigma at the end of a word differently,
   * and a search may end within a word, so there is one sigma alone. Whoever changes this has to
   * fold anew what is stored, as {@link StoredFolds} does.
   */
  public static String fold(String text) {
    if (ascii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return lowered(plain.toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT));
  }

  /** The folded text as bytes, which both databases and every collation sort alike. */
  static byte[] sortKey(String name) {
    byte[] key = fold(name).getBytes(StandardCharsets.UTF_8);
    return key.length > MAX_SORT_KEY ? Arrays.copyOf(key, MAX_SORT_KEY) : key;
  }

  /** A text as it is stored: composed (NFC), without any Unicode space around it. */
  public static String clean(String text) {
    String composed = ascii(text) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
    int from = 0;
    int to = composed.length();
    while (from < to && space(composed.charAt(from))) {
      from++;
    }
    while (to > from && space(composed.charAt(to - 1))) {
      to--;
    }
    return composed.substring(from, to);
  }

  /** Most texts are ASCII, of which nothing is to be composed. */
  private static boolean ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** All that Unicode calls white space, and invisible characters. */
  private static boolean space(char c) {
    return c <= ' '
        ? c == ' ' || (c >= '\t' && c <= '\r')
        : c == '\u0085' || Character.isSpaceChar(c) || INVISIBLE.indexOf(c) >= 0;
  }

  /** A text that is the same for names that differ only in case. */
  static String lower(String text) {
    return lowered(Normalizer.normalize(text, Normalizer.Form.NFC));
  }

  private static String lowered(String text) {
    return text.toLowerCase(Locale.ROOT).replace(Search.FINAL_SIGMA, Search.SIGMA);
  }
}
