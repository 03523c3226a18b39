package io.keyturn.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/**
 * Remembers which rows were announced as changed. A cache notes {@link #mark} before each query,
 * and trusts the answer until one of its rows was {@link #changedSince}: also when the announcement
 * overtook the answer.
 */
public final class RecentChanges implements RowChanges.Listener {
  private static final int MOST = 100_000;

  private final Cache<UUID, Long> changes;
  private volatile long announcements;

  /** The last announcement that may mean any row. */
  private volatile long upheaval;

  /**
   * Remembers nothing yet.
   *
   * @param longest how long after its query an answer is trusted at most
   * @param ticker the monotonic clock
   */
  public RecentChanges(Duration longest, Ticker ticker) {
    changes =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .expireAfterWrite(longest)
            .ticker(ticker)
            .build();
  }

  /** The number of announcements so far. */
  public long mark() {
    return announcements;
  }

  /** Whether a row was announced as changed after this mark. */
  public boolean changedSince(long mark, UUID id) {
    if (upheaval > mark) {
      return true;
    }
    Long changed = changes.getIfPresent(id);
    return changed != null && changed > mark;
  }

  @Override
  public synchronized void changed(Collection<UUID> ids) {
    long number = announcements + 1;
    announcements = number;
    ids.forEach(id -> changes.put(id, number));
    if (changes.estimatedSize() > MOST) {
      anyChanged();
      changes.invalidateAll();
    }
  }

  @Override
  public synchronized void anyChanged() {
    announcements++;
    upheaval = announcements;
  }
}
