package io.keyturn.secret;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The digest of a secret, 32 bytes, as a key of maps. The time of a comparison does not depend on
 * where two digests differ.
 */
public final class SecretDigest {
  private static final int LENGTH = 32;
  private static final VarHandle NUMBERS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  // Four numbers take half the memory of an array with a wrapper.
  private final long first;
  private final long second;
  private final long third;
  private final long fourth;

  /**
   * @param digest 32 bytes
   * @throws IllegalArgumentException when there are fewer or more
   */
  public SecretDigest(byte[] digest) {
    if (digest.length != LENGTH) {
      throw new IllegalArgumentException("a digest has " + LENGTH + " bytes");
    }
    first = (long) NUMBERS.get(digest, 0);
    second = (long) NUMBERS.get(digest, 8);
    third = (long) NUMBERS.get(digest, 16);
    fourth = (long) NUMBERS.get(digest, 24);
  }

  /** The digest as it is stored, 32 bytes. */
  public byte[] bytes() {
    byte[] digest = new byte[LENGTH];
    NUMBERS.set(digest, 0, first);
    NUMBERS.set(digest, 8, second);
    NUMBERS.set(digest, 16, third);
    NUMBERS.set(digest, 24, fourth);
    return digest;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretDigest that
        && ((first ^ that.first)
                | (second ^ that.second)
                | (third ^ that.third)
                | (fourth ^ that.fourth))
            == 0;
  }

  /** All bits of a digest are random. */
  @Override
  public int hashCode() {
    return (int) first;
  }

  @Override
  public String toString() {
    return "SecretDigest[…]";
  }
}
