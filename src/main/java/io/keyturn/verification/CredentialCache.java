package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.database.CacheValidity;
import io.keyturn.limit.SingleFlight;
import io.keyturn.secret.SecretDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers credentials by the digests of their secrets, for as long as {@link CacheValidity} says
 * of their keys and organisations.
 *
 * @param <V> the type of the credentials
 */
final class CredentialCache<V extends CredentialCache.OfKey> {
  /** How long a secret is known to have been right. */
  private static final Duration IN_USE = Duration.ofMinutes(10);

  /** How many threads wait for the query of another one; as long as for a batched look-up. */
  private static final int MOST_WAITING = 64;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final CacheValidity validity;
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

  /** A credential, and the time before its query. */
  private record Entry<V>(V value, long at, long mark) {}

  /**
   * Creates an empty cache.
   *
   * @param most how many credentials it holds
   */
  CredentialCache(int most, CacheValidity validity) {
    this.validity = validity;
    // Without an expiry of Caffeine's: it would read the clock once more for each hit.
    // Its upkeep by the caller: to wake a thread for it costs a request more than the upkeep.
    this.entries = Caffeine.newBuilder().executor(Runnable::run).maximumSize(most).build();
  }

  /** The remembered credential; null where there is none that counts. */
  @Nullable V remembered(SecretDigest digest) {
    Entry<V> entry = entries.getIfPresent(digest);
    return entry != null && counts(entry) ? entry.value() : null;
  }

  /** Whether the secret was right in the last ten minutes. */
  boolean knew(SecretDigest digest) {
    Entry<V> entry = entries.getIfPresent(digest);
    return entry != null && validity.age(entry.at()) < IN_USE.toNanos();
  }

  /** The time of a query that begins now. */
  CacheValidity.Moment moment() {
    return validity.moment();
  }

  /** Remembers the answer of a query, if there is one. */
  Optional<V> remember(SecretDigest digest, CacheValidity.Moment asked, Optional<V> answer) {
    answer.ifPresentOrElse(
        value -> entries.put(digest, new Entry<>(value, asked.at(), asked.mark())),
        () -> entries.invalidate(digest));
    return answer;
  }

  /** The answer of a query, which threads that ask for the same digest share. */
  Optional<V> ask(SecretDigest digest, Supplier<Optional<V>> query) {
    CacheValidity.Moment asked = moment();
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
            return validity.undisturbed(asked);
          }
        });
  }

  private boolean counts(Entry<V> entry) {
    return validity.recent(entry.at())
        && !validity.changedSince(entry.mark(), entry.value().announcedKey())
        && !validity.changedSince(entry.mark(), entry.value().announcedOrganisation());
  }
}
