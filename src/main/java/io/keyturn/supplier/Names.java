package io.keyturn.supplier;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sorts and finds names in Java, because databases and their collations differ. */
final class Names {
  /** The longest sort key, in bytes. Names with the same sort key are sorted by id. */
  static final int MAX_SORT_KEY = 200;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Names() {}

  /** A sort key that ignores case and accents. */
  static byte[] sortKey(String name) {
    String folded = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    byte[] key = folded.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    return key.length > MAX_SORT_KEY ? Arrays.copyOf(key, MAX_SORT_KEY) : key;
  }

  /** A text that is the same for names that differ only in case. */
  static String lower(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
