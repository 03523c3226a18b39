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
 * A key's requests as one node knows them: its own at once, those of the other nodes when both have
 * exchanged them.
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
    this.bucket = Buckets.bucket(restrictions.capacity(), restrictions.perMinute());
    this.everWritten = spent.ever();
    this.day = day(now);
    this.onDay = spent.on(day);
  }

  /**
   * What is to be written: what has been accepted since the last write.
   *
   * @param lastAt when the key was last used
   * @param count how many requests were accepted and counted; may be none
   * @param onDay how many of them on that day of UTC
   */
  public record Unwritten(Instant lastAt, long count, long day, long onDay) {}

  /**
   * What became of a request.
   *
   * @param left how many more the minute's quota has
   * @param resetSeconds until the minute's quota is whole again
   * @param leftOnDay how many more the day's quota has; null without one
   * @param daySeconds until the next day
   * @param waitSeconds 0 when the request is accepted, else after how many seconds one would be
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

  /** Takes one request out of all quotas, or out of none. */
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

  /** What would become of a request. */
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
   * Tells what there is.
   *
   * @param tokens in the bucket; below zero where the other nodes took more than there were
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

  /** Notes a use that counts against no quota. */
  synchronized void note(Instant now) {
    touchedNanos = System.nanoTime();
    lastAt = now;
  }

  /** What is to be written now; nothing where the key was not used since. */
  synchronized @Nullable Unwritten unwritten() {
    return lastAt == null ? null : new Unwritten(lastAt, unwritten, day, unwrittenOnDay);
  }

  /** What was to be written has been. */
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
   * Whether it rests for so long, its use is written and its bucket is full: then one that begins
   * anew is the same.
   */
  synchronized boolean rests(Duration time) {
    return System.nanoTime() - touchedNanos >= time.toNanos()
        && lastAt == null
        && bucket.getAvailableTokens() >= restrictions.capacity();
  }

  /**
   * Counts what the other nodes have accepted since the last exchange. Must not run between a write
   * and its {@link #written}.
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
