package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.keyturn.database.RowChanges;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/**
 * Remembers credentials by the digests of their secrets. An entry counts for 700 ms from its query.
 * It counts for up to a minute, as long as this node has heard of all changes up to 700 ms ago, and
 * none of them was of its key or organisation. So no entry outlives a change by more than 700 ms,
 * whatever happens to the announcements. A minute later at the latest, the row is read again, which
 * finds changes past the application.
 */
final class CredentialCache implements RowChanges.Listener {
  /** How long an entry counts without announcements. */
  static final Duration ALONE = Duration.ofMillis(700);

  /** How long an entry counts at most. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  private static final int MOST = 100_000;

  private final Ticker ticker;
  private final LongPredicate allHeardBefore;
  private final Cache<ByteBuffer, Entry> entries;

  /** The marks of the keys and organisations of all entries. */
  private final Cache<UUID, Mark> marks = Caffeine.newBuilder().weakValues().build();

  /** Counts the announcements. */
  private final AtomicLong announcements = new AtomicLong();

  /** Counts the announcements that may mean any row. */
  private volatile long upheavals;

  /** Says of a key or an organisation that it was changed. All its entries share the mark. */
  private static final class Mark {
    private volatile boolean changed;
  }

  /**
   * An entry.
   *
   * @param alone whether an announcement came during the query, which may have been of this row
   */
  private record Entry(
      KnownCredential value,
      long askedAt,
      Mark key,
      Mark organisation,
      long upheavals,
      boolean alone) {}

  /**
   * Creates an empty cache.
   *
   * @param ticker the monotonic clock
   * @param allHeardBefore whether this node has heard of all changes before a time of that clock
   */
  CredentialCache(Ticker ticker, LongPredicate allHeardBefore) {
    this.ticker = ticker;
    this.allHeardBefore = allHeardBefore;
    this.entries =
        Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(LONGEST).ticker(ticker).build();
  }

  /**
   * A query of the database.
   *
   * @param <X> why there may be no answer
   */
  @FunctionalInterface
  interface Question<X extends Exception> {
    Optional<KnownCredential> ask() throws X;
  }

  /** The remembered credential; else the answer of the query, which is remembered if present. */
  <X extends Exception> Optional<KnownCredential> get(ByteBuffer digest, Question<X> question)
      throws X {
    long now = ticker.read();
    Entry entry = entries.getIfPresent(digest);
    if (entry != null && counts(entry, now)) {
      return Optional.of(entry.value());
    }
    long before = announcements.get();
    long upheavalsBefore = upheavals;
    Optional<KnownCredential> answer = question.ask();
    answer.ifPresent(
        value -> {
          Mark key = mark(value.row().keyId().value());
          Mark organisation = mark(value.row().organisationId().value());
          // After both marks can be reached: an announcement from here on finds them.
          boolean alone = announcements.get() != before;
          entries.put(digest, new Entry(value, now, key, organisation, upheavalsBefore, alone));
        });
    return answer;
  }

  private Mark mark(UUID id) {
    return marks.get(id, i -> new Mark());
  }

  private boolean counts(Entry entry, long now) {
    if (entry.key().changed || entry.organisation().changed || entry.upheavals() != upheavals) {
      return false;
    }
    long age = now - entry.askedAt();
    return age < ALONE.toNanos()
        || (!entry.alone()
            && age < LONGEST.toNanos()
            && allHeardBefore.test(now - ALONE.toNanos()));
  }

  @Override
  public void changed(Collection<UUID> ids) {
    announcements.incrementAndGet();
    for (UUID id : ids) {
      Mark mark = marks.asMap().remove(id);
      if (mark != null) {
        mark.changed = true;
      }
    }
  }

  @Override
  public synchronized void anyChanged() {
    announcements.incrementAndGet();
    upheavals++;
  }
}
