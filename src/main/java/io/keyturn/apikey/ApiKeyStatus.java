package io.keyturn.apikey;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a key. */
public enum ApiKeyStatus {
  /** The key is not revoked, and its planned end, if it has one, has not passed. */
  ACTIVE,
  /** The planned end has passed, and the key is not revoked. */
  EXPIRED,
  /** The key is revoked, whether its planned end has passed or not. */
  REVOKED;

  /** The state as the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this code. */
  public static Optional<ApiKeyStatus> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }
}
