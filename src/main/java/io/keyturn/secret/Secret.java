package io.keyturn.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The secret of a credential: {@code kt_live_} + 43 base62 characters (256 random bits) + 6 base62
 * characters of CRC-32 over all before. The checksum refuses a mistyped secret before any look-up.
 * A secret is never printed, and the time of a comparison depends only on the length. A renewal
 * credential has the same form with {@code kt_renew_}, so that neither is ever taken for the other.
 */
public final class Secret {
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int BASE = 62;
  private static final int RANDOM_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;
  private static final int MAX_LENGTH = 80;

  /** The largest multiple of 62 that a byte can count to. */
  private static final int UNBIASED = 248;

  private static final String RENEWAL = "renew";
  private static final List<String> OF_KEYS = List.of("live", "test");
  private static final List<String> OF_RENEWAL = List.of(RENEWAL);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] ascii;

  private Secret(byte[] ascii) {
    this.ascii = ascii;
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
          text.append(BASE62.charAt(value % BASE));
        }
      }
    }
    byte[] ascii =
        Arrays.copyOf(
            text.toString().getBytes(StandardCharsets.US_ASCII), text.length() + CHECKSUM_LENGTH);
    long rest = checksum(ascii, text.length());
    for (int i = ascii.length - 1; i >= text.length(); i--) {
      ascii[i] = (byte) BASE62.charAt((int) (rest % BASE));
      rest /= BASE;
    }
    return new Secret(ascii);
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
    return parse(prefix, text, OF_KEYS);
  }

  /**
   * The digest of a received secret of an API key, without anything else in memory.
   *
   * @return null when the form or the checksum is wrong
   */
  public static @Nullable SecretDigest digest(String prefix, String text, Hmac key) {
    byte[] ascii = wellFormed(prefix, text, OF_KEYS);
    return ascii == null ? null : new SecretDigest(key.of(ascii));
  }

  /** Parses a received secret of a renewal credential, like {@link #parse}. */
  public static Optional<Secret> parseRenewal(String prefix, String text) {
    return parse(prefix, text, OF_RENEWAL);
  }

  /** Whether a text holds the beginning of a secret of any kind. */
  public static boolean occursIn(String prefix, String text) {
    return Stream.of(OF_KEYS, OF_RENEWAL)
        .flatMap(List::stream)
        .anyMatch(kind -> text.contains(prefix + "_" + kind + "_"));
  }

  private static Optional<Secret> parse(String prefix, String text, List<String> kinds) {
    byte[] ascii = wellFormed(prefix, text, kinds);
    return ascii == null ? Optional.empty() : Optional.of(new Secret(ascii));
  }

  private static byte @Nullable [] wellFormed(String prefix, String text, List<String> kinds) {
    int head = headLength(prefix, text, kinds);
    if (head < 0 || text.length() != head + RANDOM_LENGTH + CHECKSUM_LENGTH) {
      return null;
    }
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = head; i < ascii.length; i++) {
      if (!isBase62(ascii[i])) {
        return null;
      }
    }
    return hasChecksum(ascii) ? ascii : null;
  }

  /** The length of the prefix and the kind with their lines, or -1. */
  private static int headLength(String prefix, String text, List<String> kinds) {
    int start = prefix.length() + 1;
    if (text.startsWith(prefix) && text.startsWith("_", start - 1)) {
      for (int i = 0; i < kinds.size(); i++) {
        String kind = kinds.get(i);
        int end = start + kind.length();
        if (text.startsWith(kind, start) && text.startsWith("_", end)) {
          return end + 1;
        }
      }
    }
    return -1;
  }

  private static boolean isBase62(byte c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean hasChecksum(byte[] ascii) {
    int split = ascii.length - CHECKSUM_LENGTH;
    long rest = checksum(ascii, split);
    for (int i = ascii.length - 1; i >= split; i--) {
      if (ascii[i] != BASE62.charAt((int) (rest % BASE))) {
        return false;
      }
      rest /= BASE;
    }
    return true;
  }

  private static long checksum(byte[] ascii, int length) {
    CRC32 crc = new CRC32();
    crc.update(ascii, 0, length);
    return crc.getValue();
  }

  /** The secret itself, for the single answer that contains it. */
  public String reveal() {
    return new String(ascii, StandardCharsets.US_ASCII);
  }

  /** The secret's bytes, for sealing. */
  public byte[] bytes() {
    return ascii.clone();
  }

  /** A form that may be shown: the prefix and the last four characters. */
  public String masked() {
    String value = reveal();
    int head = value.length() - RANDOM_LENGTH - CHECKSUM_LENGTH;
    return value.substring(0, head) + "••••••••" + value.substring(value.length() - 4);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(ascii, that.ascii);
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
