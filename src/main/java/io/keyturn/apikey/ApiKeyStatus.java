package io.keyturn.apikey;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The state of a key. */
public enum ApiKeyStatus {
  /** It is not revoked, and its planned end, if it has one, has not come. */
  ACTIVE,
  /** Its planned end has come, and it is not revoked. */
  EXPIRED,
  /** It is revoked, whether its planned end has come or not. */
  REVOKED;

  /** As the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this code. */
  public static Optional<ApiKeyStatus> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }
}
