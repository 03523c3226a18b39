package io.keyturn.apikey;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which keys a list shows. */
public enum ApiKeyStatus {
  LIVING,
  REVOKED,
  ALL;

  /** As it is written in an address. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this code. */
  public static Optional<ApiKeyStatus> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }
}
