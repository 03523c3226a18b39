package io.keyturn.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.access.Caller;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.quota.KeyQuota.Unwritten;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** The quotas of the keys that were used lately on this node. */
@ApplicationScoped
public class Quotas {
  /** Keys whose quotas are known at a time; beyond it the least used begin anew. */
  public static final int MOST = 100_000;

  private final Cache<UUID, KeyQuota> known = Caffeine.newBuilder().maximumSize(MOST).build();

  /** Takes one request of a key. */
  public Taken take(Caller caller, RecordedUse spent, Instant now) {
    return of(caller, spent, now).take(caller.restrictions(), now);
  }

  /** Counts one request that no quota refuses: as far as there is one left, and as a use anyway. */
  public void count(Caller caller, RecordedUse spent, Instant now) {
    KeyQuota quota = of(caller, spent, now);
    if (!quota.take(caller.restrictions(), now).accepted()) {
      quota.note(now);
    }
  }

  /** What would become of a request of a key. */
  public Taken look(Caller caller, RecordedUse spent, Instant now) {
    return of(caller, spent, now).look(caller.restrictions(), now);
  }

  /** Notes a use of a key that counts against no quota. */
  public void note(Caller caller, RecordedUse spent, Instant now) {
    of(caller, spent, now).note(now);
  }

  private KeyQuota of(Caller caller, RecordedUse spent, Instant now) {
    return known.get(caller.keyId(), id -> new KeyQuota(caller.restrictions(), spent, now));
  }

  /** The keys that are exchanged, in the order of their ids. */
  public List<UUID> keys() {
    return known.asMap().keySet().stream().sorted().toList();
  }

  /** What the keys' requests were since they were last written. */
  public SortedMap<UUID, Unwritten> unwritten() {
    SortedMap<UUID, Unwritten> all = new TreeMap<>();
    known
        .asMap()
        .forEach(
            (key, quota) -> {
              Unwritten unwritten = quota.unwritten();
              if (unwritten != null) {
                all.put(key, unwritten);
              }
            });
    return all;
  }

  /** These have been written. */
  public void written(Map<UUID, Unwritten> done) {
    done.forEach(
        (key, unwritten) -> {
          KeyQuota quota = known.policy().getIfPresentQuietly(key);
          if (quota != null) {
            quota.written(unwritten);
          }
        });
  }

  /** Counts what the other nodes have accepted. */
  public void exchange(Map<UUID, RecordedUse> spent, Instant now) {
    spent.forEach(
        (key, ofAll) -> {
          KeyQuota quota = known.policy().getIfPresentQuietly(key);
          if (quota != null) {
            quota.exchange(ofAll, now);
          }
        });
  }

  /** Forgets the keys that rest for so long, once that gives nothing away. */
  public void forget(Duration rested) {
    known.asMap().values().removeIf(quota -> quota.rests(rested));
  }

  /** How many are known. */
  public long size() {
    known.cleanUp();
    return known.estimatedSize();
  }
}
