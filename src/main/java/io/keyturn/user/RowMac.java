package io.keyturn.user;

import io.keyturn.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** MACs that bind what is trusted of a row to its table and its id. */
public final class RowMac {
  private RowMac() {}

  /**
   * The MAC of a row.
   *
   * @param table keeps rows of different tables apart
   * @param facts in an order that never changes; an absent fact is null
   */
  public static byte[] of(Hmac key, String table, @Nullable Object... facts) {
    return key.ofParts(
        Stream.concat(Stream.of(table), Stream.of(facts).map(RowMac::text))
            .map(part -> part.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new));
  }

  /** No text of a fact equals that of an absent one. */
  private static String text(@Nullable Object fact) {
    return fact == null ? "" : "=" + fact;
  }

  /** Compares in constant time. A row without a MAC has a wrong one. */
  public static boolean equal(byte[] wanted, byte @Nullable [] found) {
    return found != null && MessageDigest.isEqual(wanted, found);
  }
}
