package io.keyturn.renewal;

import io.keyturn.database.WriteTimer.WriteTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * When each renewal credential was last used. Requests note it in memory; it is written every five
 * seconds. A crash, or a database that does not answer, loses at most those five seconds.
 */
@ApplicationScoped
public class RenewalUsage {
  private static final Logger LOG = Logger.getLogger(RenewalUsage.class.getName());

  @Inject private RenewalUses rows;

  private final Map<UUID, Instant> uses = new ConcurrentHashMap<>();

  /** Notes that this credential was accepted. */
  public void used(UUID id, Instant at) {
    uses.put(id, at);
  }

  void writeNow(@Observes WriteTime now) {
    write();
  }

  /** Writes what was noted since the last time. A failure is logged. */
  public void write() {
    SortedMap<UUID, Instant> taken = new TreeMap<>();
    uses.keySet()
        .forEach(
            id -> {
              Instant at = uses.remove(id);
              if (at != null) {
                taken.put(id, at);
              }
            });
    try {
      if (!taken.isEmpty()) {
        rows.write(taken);
      }
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, "the use of renewal credentials could not be written", e);
    }
  }
}
