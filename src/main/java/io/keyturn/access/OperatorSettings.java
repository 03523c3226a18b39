package io.keyturn.access;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The token of the platform's operator: only its SHA-256 is kept in memory.
 *
 * @param digest 32 bytes; empty without an operator, which is the default
 */
public record OperatorSettings(Optional<byte[]> digest) {
  private static final int SHORTEST = 32;

  /**
   * Reads the token's file.
   *
   * @throws WrongSetting when it is absent, open to others or too short
   */
  public static OperatorSettings load() {
    return from(ConfigProvider.getConfig());
  }

  static OperatorSettings from(Config config) {
    return new OperatorSettings(
        new SettingsReader(config)
            .secretFile("keyturn.operator.token.file", SHORTEST)
            .map(OperatorSettings::digest));
  }

  /** Whether the platform has an operator. */
  public boolean present() {
    return digest.isPresent();
  }

  /**
   * Whether this is the operator's token. The comparison takes the same time for every wrong token.
   */
  public boolean fits(String token) {
    return digest.map(own -> MessageDigest.isEqual(own, digest(token))).orElse(false);
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads the settings at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      load();
    }
  }
}
