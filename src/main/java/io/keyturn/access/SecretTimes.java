package io.keyturn.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The times of a secret, in headers and details. */
public final class SecretTimes {
  private SecretTimes() {}

  /**
   * The headers that tell a client when its secret expires.
   *
   * @param expiresAt when the secret stops working
   * @param retiredAt when the secret was refreshed; null when it was not
   */
  public static Map<String, String> headers(Instant expiresAt, @Nullable Instant retiredAt) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-API-Key-Expires-At", seconds(expiresAt));
    if (retiredAt != null) {
      headers.put("X-API-Key-Retired-At", seconds(retiredAt));
    }
    return headers;
  }

  /** A time in whole seconds, for headers and details. */
  public static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
