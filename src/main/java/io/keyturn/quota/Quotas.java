package io.keyturn.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.config.Settings;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.quota.KeyQuota.Unwritten;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The quotas of the keys that were used lately on this node. */
@ApplicationScoped
public class Quotas {
  /**
   * The highest number of quotas in memory, unless more credentials are remembered. Beyond it, the
   * quota of the least used key is forgotten and starts again.
   */
  public static final int MOST = 100_000;

  private final Cache<ApiKeyId, KeyQuota> known =
      Caffeine.newBuilder().executor(Runnable::run).maximumSize(MOST).build();

  @Inject
  void size(Settings settings) {
    known
        .policy()
        .eviction()
        .orElseThrow()
        .setMaximum(Math.max(MOST, settings.verificationCacheSize()));
  }

  /** Takes a request of a key from its quotas. */
  public Taken take(Caller caller, RecordedUse spent, Instant now) {
    return of(caller, spent, now).take(caller.restrictions(), now);
  }

  /**
   * Counts a request that no quota may refuse. It takes from the quotas what is left, and notes the
   * use in any case.
   */
  public void count(Caller caller, RecordedUse spent, Instant now) {
    KeyQuota quota = of(caller, spent, now);
    if (!quota.take(caller.restrictions(), now).accepted()) {
      quota.note(now);
    }
  }

  /** The decision on a request of a key, without taking it. */
  public Taken look(Caller caller, RecordedUse spent, Instant now) {
    return of(caller, spent, now).look(caller.restrictions(), now);
  }

  /** Notes a use of a key that no quota counts. */
  public void note(Caller caller, RecordedUse spent, Instant now) {
    of(caller, spent, now).note(now);
  }

  private KeyQuota of(Caller caller, RecordedUse spent, Instant now) {
    return known.get(caller.keyId(), id -> new KeyQuota(caller.restrictions(), spent, now));
  }

  /** The keys whose quotas the nodes exchange, in the order of their ids. */
  public List<ApiKeyId> keys() {
    return known.asMap().keySet().stream().sorted().toList();
  }

  /** The use of the keys since the last write. */
  public SortedMap<ApiKeyId, Unwritten> unwritten() {
    SortedMap<ApiKeyId, Unwritten> all = new TreeMap<>();
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

  /** Confirms that this use was written. */
  public void written(Map<ApiKeyId, Unwritten> done) {
    done.forEach(
        (key, unwritten) -> {
          KeyQuota quota = known.policy().getIfPresentQuietly(key);
          if (quota != null) {
            quota.written(unwritten);
          }
        });
  }

  /** Counts what the other nodes have accepted. */
  public void exchange(Map<ApiKeyId, RecordedUse> spent, Instant now) {
    spent.forEach(
        (key, ofAll) -> {
          KeyQuota quota = known.policy().getIfPresentQuietly(key);
          if (quota != null) {
            quota.exchange(ofAll, now);
          }
        });
  }

  /** Forgets the keys that were not used for this time, where that changes no quota. */
  public void forget(Duration rested) {
    known.asMap().values().removeIf(quota -> quota.rests(rested));
  }

  /** How many quotas are in memory. */
  public long size() {
    known.cleanUp();
    return known.estimatedSize();
  }
}
