package io.keyturn.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Slows guessing down: after five failures for one account, or thirty from one address, each
 * further one doubles the time until the next try, up to 15 minutes. Kept per node.
 */
@ApplicationScoped
class SignInBackOff {
  private static final int ACCOUNT_FREE = 5;
  private static final int ADDRESS_FREE = 30;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  @Inject private Clock clock;

  private final Cache<String, Failures> failures =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(LONGEST.multipliedBy(2)).build();

  private record Failures(int count, Instant openAgain) {}

  /** The time from which on a try is taken again, if one is not now. */
  Optional<Instant> closedUntil(String email, String address) {
    return closed("account " + email).or(() -> closedUntil(address));
  }

  /** The same for a try that names no account. */
  Optional<Instant> closedUntil(String address) {
    return closed("address " + address);
  }

  private Optional<Instant> closed(String key) {
    return Optional.ofNullable(failures.getIfPresent(key))
        .map(Failures::openAgain)
        .filter(until -> until.isAfter(clock.instant()));
  }

  void failed(String email, String address) {
    count("account " + email, ACCOUNT_FREE);
    failed(address);
  }

  /** Counts a failure that names no account. */
  void failed(String address) {
    count("address " + address, ADDRESS_FREE);
  }

  void succeeded(String email) {
    failures.invalidate("account " + email);
  }

  private void count(String key, int free) {
    Instant now = clock.instant();
    failures
        .asMap()
        .merge(
            key,
            new Failures(1, now),
            (known, one) -> {
              int count = known.count() + 1;
              long seconds = count < free ? 0 : 1L << Math.min(count - free + 1, 20);
              Duration wait = Duration.ofSeconds(seconds);
              return new Failures(count, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
            });
  }
}
