package io.keyturn.usage;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who sent which credential, counted in memory until it is written. Bounded: beyond 50 callers of a
 * credential the others are counted together, and beyond 20 000 credentials nobody is.
 */
public final class ClientCounts {
  /** How many callers of a credential have a count of their own. */
  static final int MOST_CALLERS = 50;

  static final int MOST_CREDENTIALS = 20_000;

  private final ConcurrentHashMap<CredentialNumber, SortedMap<Client, Count>> counts =
      new ConcurrentHashMap<>();

  /** What became of the requests of a caller, and when last. */
  record Count(
      long accepted,
      long refused,
      Instant firstAt,
      @Nullable Instant acceptedAt,
      @Nullable Instant refusedAt) {

    static Count one(boolean accepted, Instant at) {
      return new Count(
          accepted ? 1 : 0, accepted ? 0 : 1, at, accepted ? at : null, accepted ? null : at);
    }

    /** Both together, in whatever order. */
    Count and(Count other) {
      return new Count(
          accepted + other.accepted,
          refused + other.refused,
          firstAt.isBefore(other.firstAt) ? firstAt : other.firstAt,
          later(acceptedAt, other.acceptedAt),
          later(refusedAt, other.refusedAt));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
      return one == null || (other != null && other.isAfter(one)) ? other : one;
    }
  }

  /** Counts a request. */
  void note(CredentialNumber credential, Client client, boolean accepted, Instant at) {
    add(credential, client, Count.one(accepted, at));
  }

  private void add(CredentialNumber credential, Client client, Count count) {
    if (counts.size() >= MOST_CREDENTIALS && !counts.containsKey(credential)) {
      return;
    }
    counts.compute(
        credential,
        (number, before) -> {
          SortedMap<Client, Count> callers = before == null ? new TreeMap<>() : before;
          boolean full = callers.size() >= MOST_CALLERS && !callers.containsKey(client);
          callers.merge(full ? Client.OTHERS : client, count, Count::and);
          return callers;
        });
  }

  /** All that was counted since the last time, in the order of keys. */
  SortedMap<CredentialNumber, SortedMap<Client, Count>> take() {
    SortedMap<CredentialNumber, SortedMap<Client, Count>> taken = new TreeMap<>();
    for (CredentialNumber credential : counts.keySet()) {
      SortedMap<Client, Count> callers = counts.remove(credential);
      if (callers != null) {
        taken.put(credential, callers);
      }
    }
    return taken;
  }

  /** Counts again what could not be written. */
  void putBack(SortedMap<CredentialNumber, SortedMap<Client, Count>> taken) {
    taken.forEach(
        (credential, callers) ->
            callers.forEach((client, count) -> add(credential, client, count)));
  }
}
