package io.keyturn.usage;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts in memory which clients sent which credential, until the counts are written. The memory is
 * bounded: beyond 50 clients of a credential, further clients share one count; beyond 20 000
 * credentials, further credentials are not counted.
 */
public final class ClientCounts {
  /** How many clients of a credential have their own count. */
  static final int MOST_CLIENTS = 50;

  static final int MOST_CREDENTIALS = 20_000;

  private final ConcurrentHashMap<CredentialNumber, SortedMap<Client, Count>> counts =
      new ConcurrentHashMap<>();

  /** What became of the requests of a client, and when last. */
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

    /** The sum of both counts, in any order. */
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
          SortedMap<Client, Count> clients = before == null ? new TreeMap<>() : before;
          boolean full = clients.size() >= MOST_CLIENTS && !clients.containsKey(client);
          clients.merge(full ? Client.OTHERS : client, count, Count::and);
          return clients;
        });
  }

  /** All that was counted since the last time, in the order of keys. */
  SortedMap<CredentialNumber, SortedMap<Client, Count>> take() {
    SortedMap<CredentialNumber, SortedMap<Client, Count>> taken = new TreeMap<>();
    for (CredentialNumber credential : counts.keySet()) {
      SortedMap<Client, Count> clients = counts.remove(credential);
      if (clients != null) {
        taken.put(credential, clients);
      }
    }
    return taken;
  }

  /** Counts again what could not be written. */
  void putBack(SortedMap<CredentialNumber, SortedMap<Client, Count>> taken) {
    taken.forEach(
        (credential, clients) ->
            clients.forEach((client, count) -> add(credential, client, count)));
  }
}
