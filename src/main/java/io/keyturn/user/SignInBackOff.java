package io.keyturn.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.platform.Senders;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

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

  private final Cache<String, Tries> tries =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(LONGEST.multipliedBy(2)).build();

  /**
   * What is known of an account or an address.
   *
   * @param running how many tries are being looked at
   */
  private record Tries(int failed, int running, Instant openAgain) {}

  /**
   * Begins a try to sign in, which must be ended. Once the free failures are spent, one is looked
   * at at a time: many at the same time are no more than one after another.
   *
   * @return the time from which on a try is taken again, if none is now; then nothing has begun
   */
  Optional<Instant> begin(String email, String address) {
    Optional<Instant> closed = begin(ofAddress(address), ADDRESS_FREE);
    if (closed.isEmpty()) {
      closed = begin(ofAccount(email), ACCOUNT_FREE);
      if (closed.isPresent()) {
        change(ofAddress(address), SignInBackOff::ended);
      }
    }
    return closed;
  }

  /** Ends a try that has begun. */
  void end(String email, String address, boolean failed) {
    change(ofAccount(email), known -> failed ? oneMore(ended(known), ACCOUNT_FREE) : ended(known));
    change(
        ofAddress(address), known -> failed ? oneMore(ended(known), ADDRESS_FREE) : ended(known));
  }

  /** Whoever knows the password makes the failures before it harmless. */
  void succeeded(String email) {
    change(ofAccount(email), known -> new Tries(0, known.running(), clock.instant()));
  }

  /** The time from which on a try that names no account is taken again, if none is now. */
  Optional<Instant> closedUntil(String address) {
    return Optional.ofNullable(tries.getIfPresent(ofAddress(address)))
        .map(Tries::openAgain)
        .filter(until -> until.isAfter(clock.instant()));
  }

  /** Counts a failure that names no account. */
  void failed(String address) {
    change(ofAddress(address), known -> oneMore(known, ADDRESS_FREE));
  }

  private Optional<Instant> begin(String key, int free) {
    AtomicReference<@Nullable Instant> closed = new AtomicReference<>();
    change(
        key,
        known -> {
          Instant now = clock.instant();
          boolean crowded = known.running() > 0 && known.failed() + known.running() >= free;
          if (crowded || known.openAgain().isAfter(now)) {
            closed.set(crowded ? now.plusSeconds(1) : known.openAgain());
            return known;
          }
          return new Tries(known.failed(), known.running() + 1, known.openAgain());
        });
    return Optional.ofNullable(closed.get());
  }

  private void change(String key, UnaryOperator<Tries> change) {
    tries
        .asMap()
        .compute(
            key,
            (k, known) -> {
              Tries now = change.apply(known == null ? new Tries(0, 0, clock.instant()) : known);
              return now.failed() == 0 && now.running() == 0 ? null : now;
            });
  }

  private static Tries ended(Tries known) {
    return new Tries(known.failed(), Math.max(known.running() - 1, 0), known.openAgain());
  }

  private Tries oneMore(Tries known, int free) {
    int failed = known.failed() + 1;
    long seconds = failed < free ? 0 : 1L << Math.min(failed - free + 1, 20);
    Duration wait = Duration.ofSeconds(seconds);
    return new Tries(
        failed,
        known.running(),
        clock.instant().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
  }

  private static String ofAccount(String email) {
    return "account " + email;
  }

  private static String ofAddress(String address) {
    return "address " + Senders.of(address);
  }
}
