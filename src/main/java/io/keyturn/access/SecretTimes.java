package io.keyturn.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How answers tell the times of a secret. */
public final class SecretTimes {
  private SecretTimes() {}

  /**
   * The headers that tell whoever sent a secret what becomes of it.
   *
   * @param expiresAt when it stops working
   * @param retiredAt when it was refreshed; null when it was not
   */
  public static Map<String, String> headers(Instant expiresAt, @Nullable Instant retiredAt) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-API-Key-Expires-At", seconds(expiresAt));
    if (retiredAt != null) {
      headers.put("X-API-Key-Retired-At", seconds(retiredAt));
    }
    return headers;
  }

  /** A time as headers and details say it. */
  public static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
