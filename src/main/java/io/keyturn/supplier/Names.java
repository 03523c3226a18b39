package io.keyturn.supplier;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** How names are sorted and found: by us, for databases and their collations differ. */
final class Names {
  /** The longest sort key, in bytes. What is alike up to there is sorted by id. */
  static final int MAX_SORT_KEY = 200;

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private Names() {}

  /** A key whose bytes sort names without regard to case and accents. */
  static byte[] sortKey(String name) {
    String folded = MARKS.matcher(Normalizer.normalize(name, Normalizer.Form.NFKD)).replaceAll("");
    byte[] key = folded.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
    return key.length > MAX_SORT_KEY ? Arrays.copyOf(key, MAX_SORT_KEY) : key;
  }

  /** A text such that two which differ in case only become the same. */
  static String lower(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
