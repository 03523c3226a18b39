package io.keyturn.verification;

import io.keyturn.access.Restrictions;
import io.keyturn.quota.KeyQuota.Taken;
import java.util.Map;

/** The headers that tell what is left of a key's quotas (draft-ietf-httpapi-ratelimit-headers). */
final class RateLimitHeaders {
  private static final String POLICY = "RateLimit-Policy";
  private static final String STATE = "RateLimit";

  private RateLimitHeaders() {}

  /** The key's own quotas. */
  static Map<String, String> of(Taken taken) {
    return Map.of(POLICY, policy(taken), STATE, state(taken));
  }

  /**
   * The key's own quotas, and that of its organisation: spent, and whole again in a minute.
   *
   * @param perMinute how many requests a minute the keys of the organisation may make together
   */
  static Map<String, String> ofSpentOrganisation(Taken taken, int perMinute) {
    return Map.of(
        POLICY,
        policy(taken) + ", \"organisation\";q=" + perMinute + ";w=60",
        STATE,
        state(taken) + ", \"organisation\";r=0;t=60");
  }

  private static String policy(Taken taken) {
    Restrictions limits = taken.restrictions();
    String minute = "\"minute\";q=" + limits.perMinute() + ";w=60";
    return taken.leftOnDay() == null
        ? minute
        : minute + ", \"day\";q=" + limits.requestsPerDay() + ";w=86400";
  }

  private static String state(Taken taken) {
    String minute = "\"minute\";r=" + taken.left() + ";t=" + taken.resetSeconds();
    return taken.leftOnDay() == null
        ? minute
        : minute + ", \"day\";r=" + taken.leftOnDay() + ";t=" + taken.daySeconds();
  }
}
