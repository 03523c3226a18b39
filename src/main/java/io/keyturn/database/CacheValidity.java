package io.keyturn.database;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.UUID;
import java.util.function.LongPredicate;

/**
 * Says how long what was read of {@link Announced} rows counts. It counts for 700 ms from its
 * query. It counts for up to a minute, as long as this node has heard of all changes up to 700 ms
 * ago. It never counts after an announcement of its rows. So it outlives no change by more than 700
 * ms, whatever happens to the announcements. A minute later at the latest, the row is read again,
 * which finds changes past the application. Decision record 0040.
 */
public final class CacheValidity {
  /** How long an answer counts without announcements. */
  public static final Duration ALONE = Duration.ofMillis(700);

  /** How long an answer counts at most. */
  public static final Duration LONGEST = Duration.ofMinutes(1);

  private final Ticker ticker;
  private final RecentChanges changes;
  private final LongPredicate allHeardBefore;

  /**
   * The time before a query.
   *
   * @param at by the monotonic clock, in nanoseconds
   * @param mark the changes that had been announced by then
   */
  public record Moment(long at, long mark) {}

  /**
   * A validity by a clock.
   *
   * @param ticker the monotonic clock
   * @param changes hears of changes, by the same clock
   * @param allHeardBefore whether this node has heard of all changes before a time of that clock
   */
  public CacheValidity(Ticker ticker, RecentChanges changes, LongPredicate allHeardBefore) {
    this.ticker = ticker;
    this.changes = changes;
    this.allHeardBefore = allHeardBefore;
  }

  /** A validity that hears of changes from now on. */
  public static CacheValidity listening(RowChanges changes) {
    Ticker ticker = Ticker.systemTicker();
    RecentChanges recent = new RecentChanges(LONGEST, ticker);
    changes.add(recent);
    return new CacheValidity(ticker, recent, changes::allHeardBefore);
  }

  /** The time of a query that begins now. */
  public Moment moment() {
    return new Moment(ticker.read(), changes.mark());
  }

  /** How many nanoseconds ago a query began. */
  public long age(long at) {
    return ticker.read() - at;
  }

  /**
   * Whether an answer is recent enough to count, unless one of its rows was {@link #changedSince}.
   * This question comes first: what was heard before it is found by the second.
   *
   * @param at when its query began
   */
  public boolean recent(long at) {
    long now = ticker.read();
    long age = now - at;
    return age < ALONE.toNanos()
        || (age < LONGEST.toNanos() && allHeardBefore.test(now - ALONE.toNanos()));
  }

  /**
   * Whether a row was announced as changed.
   *
   * @param mark the changes that had been announced when its query began
   */
  public boolean changedSince(long mark, UUID id) {
    return changes.changedSince(mark, id);
  }

  /** Whether nothing at all was announced since a query began, not long ago. */
  public boolean undisturbed(Moment asked) {
    return age(asked.at()) < ALONE.toNanos() && changes.mark() == asked.mark();
  }
}
