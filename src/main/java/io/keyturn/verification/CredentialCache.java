package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.keyturn.database.RecentChanges;
import io.keyturn.database.RowChanges;
import io.keyturn.limit.SingleFlight;
import io.keyturn.secret.SecretDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers credentials by the digests of their secrets. An entry counts for 700 ms from its query.
 * It counts for up to a minute, as long as this node has heard of all changes up to 700 ms ago. It
 * never counts after an announcement of its key or organisation. So no entry outlives a change by
 * more than 700 ms, whatever happens to the announcements. A minute later at the latest, the row is
 * read again, which finds changes past the application.
 *
 * @param <V> the type of the credentials
 */
final class CredentialCache<V extends CredentialCache.OfKey> {
  /** How long an entry counts without announcements. */
  static final Duration ALONE = Duration.ofMillis(700);

  /** How long an entry counts at most. */
  static final Duration LONGEST = Duration.ofMinutes(1);

  /** How long a secret is known to have been right. */
  private static final Duration IN_USE = Duration.ofMinutes(10);

  /** How many threads wait for the query of another one; as long as for a batched look-up. */
  private static final int MOST_WAITING = 64;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final Ticker ticker;
  private final LongPredicate allHeardBefore;
  private final RecentChanges changes;
  private final Cache<SecretDigest, Entry<V>> entries;
  private final SingleFlight<SecretDigest, Optional<V>> flights =
      new SingleFlight<>(MOST_WAITING, LONGEST_WAIT);

  /** What is read of a key and its organisation, and is changed with them. */
  interface OfKey {
    /** The id under which changes of the key are announced. */
    UUID announcedKey();

    /** The id under which changes of the organisation are announced. */
    UUID announcedOrganisation();
  }

  /**
   * The time before a query.
   *
   * @param mark the changes that had been announced by then
   */
  record Moment(long at, long mark) {}

  /** A credential, and the time before its query. */
  private record Entry<V>(V value, long at, long mark) {}

  /**
   * Creates an empty cache.
   *
   * @param most how many credentials it holds
   * @param ticker the monotonic clock
   * @param changes hears of changes, by the same clock
   * @param allHeardBefore whether this node has heard of all changes before a time of that clock
   */
  CredentialCache(int most, Ticker ticker, RecentChanges changes, LongPredicate allHeardBefore) {
    this.ticker = ticker;
    this.changes = changes;
    this.allHeardBefore = allHeardBefore;
    // Without an expiry of Caffeine's: it would read the clock once more for each hit.
    this.entries = Caffeine.newBuilder().maximumSize(most).build();
  }

  /** An empty cache that hears of changes from now on. */
  static <V extends OfKey> CredentialCache<V> listening(int most, RowChanges changes) {
    Ticker ticker = Ticker.systemTicker();
    RecentChanges recent = new RecentChanges(LONGEST, ticker);
    changes.add(recent);
    return new CredentialCache<>(most, ticker, recent, changes::allHeardBefore);
  }

  /** The remembered credential; null where there is none that counts. */
  @Nullable V remembered(SecretDigest digest) {
    Entry<V> entry = entries.getIfPresent(digest);
    return entry != null && counts(entry) ? entry.value() : null;
  }

  /** Whether the secret was right in the last ten minutes. */
  boolean knew(SecretDigest digest) {
    Entry<V> entry = entries.getIfPresent(digest);
    return entry != null && ticker.read() - entry.at() < IN_USE.toNanos();
  }

  /** The time of a query that begins now. */
  Moment moment() {
    return new Moment(ticker.read(), changes.mark());
  }

  /** Remembers the answer of a query, if there is one. */
  Optional<V> remember(SecretDigest digest, Moment asked, Optional<V> answer) {
    answer.ifPresentOrElse(
        value -> entries.put(digest, new Entry<>(value, asked.at(), asked.mark())),
        () -> entries.invalidate(digest));
    return answer;
  }

  /** The answer of a query, which threads that ask for the same digest share. */
  Optional<V> ask(SecretDigest digest, Supplier<Optional<V>> query) {
    Moment asked = moment();
    return flights.ask(
        digest,
        new SingleFlight.Question<>() {
          @Override
          public Optional<V> ask() {
            return remember(digest, asked, query.get());
          }

          /** A thread that comes after a change must not get an answer from before it. */
          @Override
          public boolean goodForLater() {
            return ticker.read() - asked.at() < ALONE.toNanos() && changes.mark() == asked.mark();
          }
        });
  }

  private boolean counts(Entry<V> entry) {
    long now = ticker.read();
    long age = now - entry.at();
    // In this order: what was heard before the first question is found by the second.
    boolean recent =
        age < ALONE.toNanos()
            || (age < LONGEST.toNanos() && allHeardBefore.test(now - ALONE.toNanos()));
    return recent
        && !changes.changedSince(entry.mark(), entry.value().announcedKey())
        && !changes.changedSince(entry.mark(), entry.value().announcedOrganisation());
  }
}
