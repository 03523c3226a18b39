package io.keyturn.quota;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.TokensInheritanceStrategy;
import io.keyturn.access.Restrictions;
import io.keyturn.limit.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A key's requests as this node knows them. Its own requests count at once, the requests of other
 * nodes after the next exchange.
 */
public final class KeyQuota {
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  private Restrictions restrictions;
  private final Bucket bucket;
  private long everWritten;
  private long day;
  private long onDay;
  private long unwritten;
  private long unwrittenOnDay;
  private @Nullable Instant lastAt; // null where that is written
  private long touchedNanos = System.nanoTime();

  KeyQuota(Restrictions restrictions, RecordedUse spent, Instant now) {
    this.restrictions = restrictions;
    this.bucket = Buckets.unsynchronized(restrictions.capacity(), restrictions.perMinute());
    this.everWritten = spent.ever();
    this.day = day(now);
    this.onDay = spent.on(day);
  }

  /**
   * The use of a key since the last write.
   *
   * @param lastAt when the key was last used
   * @param count how many requests were accepted and counted; may be 0
   * @param onDay how many of the requests fell on that day of UTC
   */
  public record Unwritten(Instant lastAt, long count, long day, long onDay) {}

  /**
   * The decision on a request, and what remains of the quotas.
   *
   * @param left how many requests remain in the minute's quota
   * @param resetSeconds seconds until the minute's quota is full again
   * @param leftOnDay how many requests remain in the day's quota; null without a day's quota
   * @param daySeconds seconds until the next day
   * @param waitSeconds 0 when the request is accepted, otherwise seconds until a request would be
   */
  public record Taken(
      Restrictions restrictions,
      long left,
      long resetSeconds,
      @Nullable Long leftOnDay,
      long daySeconds,
      long waitSeconds) {

    public boolean accepted() {
      return waitSeconds == 0;
    }

    private Taken waiting(long seconds) {
      return new Taken(restrictions, left, resetSeconds, leftOnDay, daySeconds, seconds);
    }
  }

  private static long day(Instant now) {
    return Math.floorDiv(now.getEpochSecond(), DAY_SECONDS);
  }

  /** Takes a request from all quotas. If a quota refuses it, none is changed. */
  synchronized Taken take(Restrictions wanted, Instant now) {
    adopt(wanted, now);
    if (dayIsSpent()) {
      return look(wanted, now);
    }
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    if (!probe.isConsumed()) {
      return taken(probe.getRemainingTokens(), probe.getNanosToWaitForRefill(), now);
    }
    onDay++;
    unwritten++;
    unwrittenOnDay++;
    lastAt = now;
    return taken(probe.getRemainingTokens(), 0, now);
  }

  /** The decision on a request, without taking it. */
  synchronized Taken look(Restrictions wanted, Instant now) {
    adopt(wanted, now);
    EstimationProbe probe = bucket.estimateAbilityToConsume(1);
    Taken minute = taken(probe.getRemainingTokens(), probe.getNanosToWaitForRefill(), now);
    return dayIsSpent() ? minute.waiting(minute.daySeconds()) : minute;
  }

  private void adopt(Restrictions wanted, Instant now) {
    touchedNanos = System.nanoTime();
    if (!wanted.equals(restrictions)) {
      restrictions = wanted;
      bucket.replaceConfiguration(
          BucketConfiguration.builder()
              .addLimit(
                  limit ->
                      limit
                          .capacity(wanted.capacity())
                          .refillGreedy(wanted.perMinute(), Duration.ofMinutes(1)))
              .build(),
          TokensInheritanceStrategy.PROPORTIONALLY);
    }
    turnTo(day(now));
  }

  private boolean dayIsSpent() {
    Integer most = restrictions.requestsPerDay();
    return most != null && onDay >= most;
  }

  /**
   * The state of the quotas.
   *
   * @param tokens the tokens in the bucket; negative where the other nodes took more than there
   *     were
   */
  private Taken taken(long tokens, long nanosToWait, Instant now) {
    Integer most = restrictions.requestsPerDay();
    double missing = restrictions.capacity() - (double) tokens;
    return new Taken(
        restrictions,
        Math.max(Math.min(tokens, restrictions.perMinute()), 0),
        (long) Math.ceil(missing * 60 / restrictions.perMinute()),
        most == null ? null : Math.max(most - onDay, 0),
        DAY_SECONDS - Math.floorMod(now.getEpochSecond(), DAY_SECONDS),
        seconds(nanosToWait));
  }

  private static long seconds(long nanos) {
    return nanos == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
  }

  private void turnTo(long today) {
    if (today > day) {
      day = today;
      onDay = 0;
      unwrittenOnDay = 0;
    }
  }

  /** Notes a use that no quota counts. */
  synchronized void note(Instant now) {
    touchedNanos = System.nanoTime();
    lastAt = now;
  }

  /** The use to be written now; null where the key was not used since the last write. */
  synchronized @Nullable Unwritten unwritten() {
    return lastAt == null ? null : new Unwritten(lastAt, unwritten, day, unwrittenOnDay);
  }

  /** Confirms that this use was written. */
  synchronized void written(Unwritten done) {
    everWritten += done.count();
    unwritten -= done.count();
    if (done.day() == day) {
      unwrittenOnDay -= done.onDay();
    }
    if (unwritten == 0 && done.lastAt().equals(lastAt)) {
      lastAt = null;
    }
  }

  /**
   * Whether the key was not used for this time, its use is written and its bucket is full.
   * Forgetting the quota then changes nothing.
   */
  synchronized boolean rests(Duration time) {
    return System.nanoTime() - touchedNanos >= time.toNanos()
        && lastAt == null
        && bucket.getAvailableTokens() >= restrictions.capacity();
  }

  /**
   * Counts what the other nodes have accepted since the last exchange. Must not run between a write
   * and its call of {@link #written}.
   */
  synchronized void exchange(RecordedUse spent, Instant now) {
    long others = spent.ever() - everWritten;
    everWritten = spent.ever();
    if (others > 0) {
      bucket.consumeIgnoringRateLimits(others);
    }
    turnTo(day(now));
    onDay = Math.max(onDay, spent.on(day) + unwrittenOnDay);
  }
}
