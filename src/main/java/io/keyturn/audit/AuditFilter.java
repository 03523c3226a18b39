package io.keyturn.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A filter for audit events. A null member matches all events.
 *
 * @param actor an actor's id, or name in any case
 * @param subject the id or name of the event's subject; the name in any case
 * @param from the earliest time
 * @param to the time before which the events happened
 * @param after the number after which the events come
 */
public record AuditFilter(
    @Nullable String action,
    @Nullable String actor,
    @Nullable String subject,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long after) {

  /** The given values, by parameter name. */
  Map<String, Object> asked() {
    Map<String, Object> asked = new LinkedHashMap<>();
    put(asked, "action", action);
    put(asked, "actor", actor);
    put(asked, "subject", subject);
    put(asked, "from", from);
    put(asked, "to", to);
    put(asked, "after", after);
    return asked;
  }

  private static void put(Map<String, Object> asked, String name, @Nullable Object value) {
    if (value != null) {
      asked.put(name, value);
    }
  }
}
