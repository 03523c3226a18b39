package io.keyturn.user.signin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.network.AddressBlock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Slows guessing down: after five failures for one account, or thirty from one address, each
 * further one doubles the time until the next try, up to 15 minutes. A place that is known for the
 * account is counted apart, so that strangers shut nobody out there. Kept per node.
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
   * Failures that are counted together.
   *
   * @param free how many come before the first wait
   */
  private record Budget(String key, int free) {}

  /** Guesses from places that nobody knows count for the account and for the address. */
  private static List<Budget> budgets(String account, SignInPlace place) {
    return place.isKnown()
        ? List.of(new Budget("known " + account + " " + place.known(), ACCOUNT_FREE))
        : List.of(ofAddress(place.address()), ofAccount(account));
  }

  /**
   * Begins a try to sign in, which must be ended. Once the free failures are spent, one is looked
   * at at a time: many at the same time are no more than one after another.
   *
   * @return the time from which on a try is taken again, if none is now; then nothing has begun
   */
  Optional<Instant> begin(String account, SignInPlace place) {
    List<Budget> begun = new ArrayList<>();
    for (Budget budget : budgets(account, place)) {
      Optional<Instant> closed = begin(budget);
      if (closed.isPresent()) {
        begun.forEach(other -> change(other.key(), SignInBackOff::ended));
        return closed;
      }
      begun.add(budget);
    }
    return Optional.empty();
  }

  /** Ends a try that has begun. */
  void end(String account, SignInPlace place, boolean failed) {
    for (Budget budget : budgets(account, place)) {
      change(budget.key(), known -> failed ? oneMore(ended(known), budget.free()) : ended(known));
    }
  }

  /**
   * Whoever knows the password makes the failures before it harmless: those of the account, or at a
   * known place those made there, for those made elsewhere were another's.
   */
  void succeeded(String account, SignInPlace place) {
    List<Budget> budgets = budgets(account, place);
    change(
        budgets.get(budgets.size() - 1).key(),
        known -> new Tries(0, known.running(), clock.instant()));
  }

  /** The time from which on a try that names no account is taken again, if none is now. */
  Optional<Instant> closedUntil(String address) {
    return Optional.ofNullable(tries.getIfPresent(ofAddress(address).key()))
        .map(Tries::openAgain)
        .filter(until -> until.isAfter(clock.instant()));
  }

  /** Counts a failure that names no account. */
  void failed(String address) {
    change(ofAddress(address).key(), known -> oneMore(known, ADDRESS_FREE));
  }

  private Optional<Instant> begin(Budget budget) {
    AtomicReference<@Nullable Instant> closed = new AtomicReference<>();
    change(
        budget.key(),
        known -> {
          Instant now = clock.instant();
          boolean crowded =
              known.running() > 0 && known.failed() + known.running() >= budget.free();
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

  private static Budget ofAccount(String account) {
    return new Budget("account " + account, ACCOUNT_FREE);
  }

  private static Budget ofAddress(String address) {
    return new Budget("address " + AddressBlock.budgetKey(address), ADDRESS_FREE);
  }
}
