package io.keyturn.webhook;

import io.keyturn.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secret with which deliveries are signed: 32 random bytes. Its text is {@code whsec_} and
 * their base64 (Standard Webhooks, <i>Signature scheme</i>).
 */
final class SigningSecret {
  private static final String PREFIX = "whsec_";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int LENGTH = 32;

  private final byte[] bytes;

  SigningSecret(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A new secret. */
  static SigningSecret create() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    return new SigningSecret(bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  /** The text that the receiver keeps. */
  String text() {
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The signature of a delivery.
   *
   * @param timestamp in seconds since 1970
   */
  String sign(String id, long timestamp, String payload) {
    byte[] signed = (id + "." + timestamp + "." + payload).getBytes(StandardCharsets.UTF_8);
    return "v1," + Base64.getEncoder().encodeToString(new Hmac(bytes).of(signed));
  }

  @Override
  public String toString() {
    return "SigningSecret";
  }
}
