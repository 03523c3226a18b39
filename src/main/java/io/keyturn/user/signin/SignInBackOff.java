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
 * Slows down guessing. After five failures for one account, or thirty from one address, each
 * further failure doubles the wait until the next attempt, up to 15 minutes. A known place of the
 * account has a count of its own, so that unknown senders cannot lock it out. The counts are kept
 * per node.
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
   * The counts of an account or an address.
   *
   * @param running how many attempts are being checked
   */
  private record Tries(int failed, int running, Instant openAgain) {}

  /**
   * A group of failures that are counted together.
   *
   * @param free how many failures are free before the first wait
   */
  private record Budget(String key, int free) {}

  /** Failures from unknown places count for the account and for the address. */
  private static List<Budget> budgets(String account, SignInPlace place) {
    return place.isKnown()
        ? List.of(new Budget("known " + account + " " + place.known(), ACCOUNT_FREE))
        : List.of(ofAddress(place.address()), ofAccount(account));
  }

  /**
   * Begins an attempt to sign in, which must be ended. After the free failures, only one attempt is
   * checked at a time. So concurrent guesses are no faster than guesses one after another.
   *
   * @return the time of the next permitted attempt; empty when this attempt has pending
   */
  Optional<Instant> begin(String account, SignInPlace place) {
    List<Budget> pending = new ArrayList<>();
    for (Budget budget : budgets(account, place)) {
      Optional<Instant> closed = begin(budget);
      if (closed.isPresent()) {
        pending.forEach(other -> change(other.key(), SignInBackOff::ended));
        return closed;
      }
      pending.add(budget);
    }
    return Optional.empty();
  }

  /** Ends an attempt that has pending. */
  void end(String account, SignInPlace place, boolean failed) {
    for (Budget budget : budgets(account, place)) {
      change(budget.key(), known -> failed ? oneMore(ended(known), budget.free()) : ended(known));
    }
  }

  /**
   * Clears the earlier failures after a right password. An unknown place clears the count of the
   * account; a known place clears only its own count, because other failures were somebody else's.
   */
  void succeeded(String account, SignInPlace place) {
    List<Budget> budgets = budgets(account, place);
    change(
        budgets.get(budgets.size() - 1).key(),
        known -> new Tries(0, known.running(), clock.instant()));
  }

  /** The time of the next permitted attempt without an account; empty when it is permitted now. */
  Optional<Instant> closedUntil(String address) {
    return Optional.ofNullable(tries.getIfPresent(ofAddress(address).key()))
        .map(Tries::openAgain)
        .filter(until -> until.isAfter(clock.instant()));
  }

  /** Counts a failure without an account. */
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
