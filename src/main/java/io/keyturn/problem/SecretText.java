package io.keyturn.problem;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Finds secrets in texts that must not hold any: addresses, which are logged on their way, and
 * texts that one person types and others read.
 */
public final class SecretText {
  /** Any prefix, so that a secret of another installation is found too. */
  private static final Pattern SECRET = Pattern.compile("_(live|test|renew)_[0-9A-Za-z]{40}");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");
  private static final int SHORTEST = 45;

  /**
   * The most times that a text is decoded. A secret with more levels of escaping is not there by
   * accident.
   */
  private static final int DECODINGS = 4;

  /** The error message for a field whose text holds a secret. */
  public static final String REFUSAL =
      "must not have a secret in it. If the secret was real, replace it: others may"
          + " have read it";

  private SecretText() {}

  /** Whether a text holds a secret, also when it is percent-encoded once or several times. */
  public static boolean in(String text) {
    String plain = text;
    for (int i = 0; plain.length() >= SHORTEST && i <= DECODINGS; i++) {
      if (SECRET.matcher(plain).find()) {
        return true;
      }
      String decoded = decoded(plain);
      if (decoded.length() == plain.length()) {
        return false;
      }
      plain = decoded;
    }
    return false;
  }

  /** The text for a log, without line ends. A text that holds a secret is replaced as a whole. */
  public static String hidden(String text) {
    return in(text) ? "(a text that holds a secret)" : CONTROL.matcher(text).replaceAll(" ");
  }

  /**
   * Decodes escaped characters once. Malformed escapes stay as they are; bytes above ASCII do not
   * matter here.
   */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), 16);
      if (low >= 0) {
        bytes[length++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        bytes[length++] = c < 0x80 ? (byte) c : (byte) '?';
      }
    }
    return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }
}
