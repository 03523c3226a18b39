package io.keyturn.supplier;

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

  /** All that Unicode calls white space, and the invisible characters that people paste with it. */
  private static final String SPACE = "[\\p{IsWhite_Space}\\u200B\\u2060\\uFEFF]+";

  private static final Pattern AROUND = Pattern.compile("^" + SPACE + "|" + SPACE + "$");

  private Names() {}

  /**
   * A text without case and accents, by which names are sorted and found. The detour over upper
   * case makes ß and ss the same, and all forms of the Greek sigma.
   */
  static String fold(String text) {
    String plain = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  /** The folded text as bytes, which both databases and every collation sort alike. */
  static byte[] sortKey(String name) {
    byte[] key = fold(name).getBytes(StandardCharsets.UTF_8);
    return key.length > MAX_SORT_KEY ? Arrays.copyOf(key, MAX_SORT_KEY) : key;
  }

  /** A text as it is stored: composed (NFC), without any Unicode space around it. */
  static String clean(String text) {
    return AROUND.matcher(Normalizer.normalize(text, Normalizer.Form.NFC)).replaceAll("");
  }

  /** A text that is the same for names that differ only in case. */
  static String lower(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
