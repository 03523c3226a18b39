package io.keyturn.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The secret of a credential: {@code kt_live_} + 43 base62 characters (256 random bits) + 6 base62
 * characters of CRC-32 over all before. The checksum refuses a mistyped secret before any look-up.
 * A secret is never printed, and the time of a comparison depends only on the length. A renewal
 * credential has the same form with {@code kt_renew_}, so that neither is ever taken for the other.
 */
public final class Secret {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int MAX_LENGTH = 80;

  /** The largest multiple of 62 that a byte can count to. */
  private static final int UNBIASED = 248;

  private static final String RENEWAL = "renew";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Generates a random secret.
   *
   * @param prefix the beginning of all secrets of this installation, for example {@code kt}
   * @param environment {@code live} or {@code test}
   */
  public static Secret random(String prefix, String environment) {
    StringBuilder text = new StringBuilder(MAX_LENGTH);
    text.append(prefix).append('_').append(environment).append('_');
    int end = text.length() + RANDOM_LENGTH;
    // 43 base62 digits hold 256.03 bits. Bytes from 248 on are left out, so that no digit is
    // likelier than another. Many bytes are drawn at once, for each draw costs the same.
    byte[] drawn = new byte[64];
    while (text.length() < end) {
      RANDOM.nextBytes(drawn);
      for (int i = 0; i < drawn.length && text.length() < end; i++) {
        int value = Byte.toUnsignedInt(drawn[i]);
        if (value < UNBIASED) {
          text.append(BASE62.charAt(value % BASE62.length()));
        }
      }
    }
    return new Secret(text + checksum(text));
  }

  /** Generates a random secret of a renewal credential. */
  public static Secret randomRenewal(String prefix) {
    return random(prefix, RENEWAL);
  }

  /**
   * Parses a received secret of an API key.
   *
   * @param prefix the beginning of all secrets of this installation
   * @return empty when the form or the checksum is wrong
   */
  public static Optional<Secret> parse(String prefix, String text) {
    return parse(prefix, text, "live", "test");
  }

  /** Parses a received secret of a renewal credential, like {@link #parse}. */
  public static Optional<Secret> parseRenewal(String prefix, String text) {
    return parse(prefix, text, RENEWAL);
  }

  /** Whether a text holds the beginning of a secret of any kind. */
  public static boolean occursIn(String prefix, String text) {
    return Stream.of("live", "test", RENEWAL).anyMatch(k -> text.contains(prefix + "_" + k + "_"));
  }

  private static Optional<Secret> parse(String prefix, String text, String... kinds) {
    int head = headLength(prefix, text, kinds);
    if (head < 0 || text.length() != head + RANDOM_LENGTH + CHECKSUM_LENGTH) {
      return Optional.empty();
    }
    for (int i = head; i < text.length(); i++) {
      if (BASE62.indexOf(text.charAt(i)) < 0) {
        return Optional.empty();
      }
    }
    int split = text.length() - CHECKSUM_LENGTH;
    return checksum(text.substring(0, split)).equals(text.substring(split))
        ? Optional.of(new Secret(text))
        : Optional.empty();
  }

  private static int headLength(String prefix, String text, String... kinds) {
    return Stream.of(kinds)
        .map(kind -> prefix + "_" + kind + "_")
        .filter(text::startsWith)
        .mapToInt(String::length)
        .findFirst()
        .orElse(-1);
  }

  private static String checksum(CharSequence text) {
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    char[] digits = new char[CHECKSUM_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      digits[i] = BASE62.charAt((int) (rest % 62));
      rest /= 62;
    }
    return new String(digits);
  }

  /** The secret itself, for the single answer that contains it. */
  public String reveal() {
    return value;
  }

  /** The secret's bytes, for digest and sealing. */
  public byte[] bytes() {
    return value.getBytes(StandardCharsets.US_ASCII);
  }

  /** A form that may be shown: the prefix and the last four characters. */
  public String masked() {
    int head = value.length() - RANDOM_LENGTH - CHECKSUM_LENGTH;
    return value.substring(0, head) + "••••••••" + value.substring(value.length() - 4);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "Secret[…]";
  }
}
