package io.keyturn.user;

import io.keyturn.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** MACs that bind the trusted columns of a row to its table and its id. */
public final class RowMac {
  private RowMac() {}

  /**
   * The MAC of a row.
   *
   * @param table separates the rows of different tables
   * @param facts the column values, in an order that never changes; null for an absent value
   */
  public static byte[] of(Hmac key, String table, @Nullable Object... facts) {
    return key.ofParts(
        Stream.concat(Stream.of(table), Stream.of(facts).map(RowMac::text))
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /** The text of a value, which never equals the text of an absent value. */
  private static String text(@Nullable Object fact) {
    return fact == null ? "" : "=" + fact;
  }

  /** Compares in constant time. A row without a MAC does not match. */
  public static boolean equal(byte[] wanted, byte @Nullable [] found) {
    return found != null && MessageDigest.isEqual(wanted, found);
  }
}
