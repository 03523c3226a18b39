package io.keyturn.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * HMAC-SHA-256 (RFC 2104) under one key. It has one {@link Mac} for each thread, because creating a
 * Mac costs more than the digest.
 */
public final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final ThreadLocal<@Nullable Mac> macs = new ThreadLocal<>();

  /**
   * @param key 32 bytes
   */
  public Hmac(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** The MAC of the message, 32 bytes. */
  public byte[] of(byte[] message) {
    Mac mac = macs.get();
    if (mac == null) {
      mac = newMac(key);
      macs.set(mac);
    }
    return mac.doFinal(message);
  }

  /**
   * The MAC of several parts, each preceded by its length, so that no two lists have the same
   * input.
   */
  public byte[] ofParts(byte[]... parts) {
    return of(lengthPrefixed(parts));
  }

  /** The parts in one array, each preceded by its length in four bytes. */
  static byte[] lengthPrefixed(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length + 4).sum());
    for (byte[] part : parts) {
      joined.putInt(part.length).put(part);
    }
    return joined.array();
  }

  /**
   * Derives a key of 32 bytes from another key: HKDF-SHA-256 (RFC 5869) without salt, one block.
   *
   * @param purpose separates the keys derived from one source
   */
  public static byte[] derive(byte[] source, String purpose) {
    byte[] extracted = newMac(new SecretKeySpec(new byte[32], ALGORITHM)).doFinal(source);
    Mac expand = newMac(new SecretKeySpec(extracted, ALGORITHM));
    expand.update(purpose.getBytes(StandardCharsets.US_ASCII));
    return expand.doFinal(new byte[] {1});
  }

  private static Mac newMac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
