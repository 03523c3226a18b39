package io.keyturn.audit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events are asked for; null asks for all.
 *
 * @param actor an actor's id, or name in whatever case
 * @param subject the id of what the event is about, or its name in whatever case
 * @param from the first moment
 * @param to the moment before which they were
 * @param after the number after which they come
 */
public record AuditFilter(
    @Nullable String action,
    @Nullable String actor,
    @Nullable String subject,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable Long after) {

  /** What is asked for, by name. */
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
