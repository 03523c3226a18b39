package io.keyturn.apikey;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The grant of a key as details of an audit event. Absent restrictions are left out. */
final class AuditDetails {
  private static final int LONGEST = 1_500;

  private AuditDetails() {}

  /** The details of a new key, and other details. */
  static Map<String, Object> of(ApiKey key, Map<String, ?> others) {
    Map<String, Object> details = new TreeMap<>(others);
    put(details, "", key.granted());
    return details;
  }

  /** The details of a change: what was before, what is now. */
  static Map<String, Object> of(KeyGrant before, KeyGrant after) {
    Map<String, Object> details = new TreeMap<>();
    put(details, "_before", before);
    put(details, "", after);
    return details;
  }

  private static void put(Map<String, Object> details, String suffix, KeyGrant granted) {
    put(details, "networks" + suffix, shown(granted.networks()));
    put(details, "requests_per_minute" + suffix, granted.requestsPerMinute());
    put(details, "burst" + suffix, granted.burst());
    put(details, "requests_per_day" + suffix, granted.requestsPerDay());
    put(details, "locations" + suffix, shown(granted.locations()));
    put(details, "expires_at" + suffix, granted.expiresAt());
  }

  /** An event holds about 4000 characters. The longest lists would not fit twice. */
  private static @Nullable String shown(String list) {
    if (list.isEmpty()) {
      return null;
    }
    return list.length() <= LONGEST ? list : list.substring(0, LONGEST) + "…";
  }

  private static void put(Map<String, Object> details, String name, @Nullable Object value) {
    if (value != null) {
      details.put(name, value);
    }
  }
}
