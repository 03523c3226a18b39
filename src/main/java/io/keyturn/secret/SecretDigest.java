package io.keyturn.secret;

import java.nio.ByteBuffer;

/**
 * The digest of a secret, 32 bytes, as a key of maps. The time of a comparison does not depend on
 * where two digests differ.
 */
public final class SecretDigest {
  private static final int LENGTH = 32;

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
    ByteBuffer numbers = ByteBuffer.wrap(digest);
    first = numbers.getLong();
    second = numbers.getLong();
    third = numbers.getLong();
    fourth = numbers.getLong();
  }

  /** The digest as it is stored, 32 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH)
        .putLong(first)
        .putLong(second)
        .putLong(third)
        .putLong(fourth)
        .array();
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
