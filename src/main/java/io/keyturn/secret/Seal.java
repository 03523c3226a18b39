package io.keyturn.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under one key. A sealed value is {@code 0x01 | IV 12 | ciphertext | tag 16}; the
 * provider generates the IV. The associated data bind the value to its place: after a move to
 * another row, it does not open.
 */
public final class Seal {
  private static final byte VERSION = 1;
  private static final int IV_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final ThreadLocal<Cipher> CIPHERS = ThreadLocal.withInitial(Seal::newCipher);

  private final SecretKeySpec key;

  /** The value was changed, moved to another place, or sealed under another key. */
  public static final class BrokenSeal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenSeal() {
      super("a sealed value does not open", null, false, false);
    }
  }

  /**
   * @param key 32 bytes
   */
  public Seal(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
  }

  /**
   * Seals a text.
   *
   * @param place the parts of the associated data, in order
   */
  public byte[] close(byte[] text, byte[]... place) {
    Cipher cipher = CIPHERS.get();
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key);
      cipher.updateAAD(Hmac.lengthPrefixed(place));
      byte[] sealed = cipher.doFinal(text);
      return ByteBuffer.allocate(1 + IV_LENGTH + sealed.length)
          .put(VERSION)
          .put(cipher.getIV())
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens a sealed value.
   *
   * @throws BrokenSeal when it does not belong to this key and place
   */
  public byte[] open(byte[] sealed, byte[]... place) {
    if (sealed.length < 1 + IV_LENGTH + TAG_BITS / 8 || sealed[0] != VERSION) {
      throw new BrokenSeal();
    }
    Cipher cipher = CIPHERS.get();
    try {
      byte[] iv = Arrays.copyOfRange(sealed, 1, 1 + IV_LENGTH);
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, iv));
      cipher.updateAAD(Hmac.lengthPrefixed(place));
      return cipher.doFinal(sealed, 1 + IV_LENGTH, sealed.length - 1 - IV_LENGTH);
    } catch (AEADBadTagException e) {
      throw new BrokenSeal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
