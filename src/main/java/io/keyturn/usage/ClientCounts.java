package io.keyturn.usage;

import io.keyturn.problem.SecretText;
import java.time.Instant;
import java.util.Comparator;
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

  private final ConcurrentHashMap<CredentialNumber, SortedMap<From, Count>> counts =
      new ConcurrentHashMap<>();

  /**
   * A client: where a request came from.
   *
   * @param address its network address; empty for clients without their own count
   * @param userAgent the user agent that the client sent; may be empty
   */
  public record From(String address, String userAgent) implements Comparable<From> {
    static final From OTHERS = new From("", "");

    private static final int LONGEST_ADDRESS = 45;
    private static final int LONGEST_AGENT = 200;
    private static final Comparator<From> ORDER =
        Comparator.comparing(From::address).thenComparing(From::userAgent);

    /** A client as it is stored: shortened, without control characters, and without a secret. */
    public static From of(String address, @Nullable String userAgent) {
      String agent = userAgent == null ? "" : SecretText.hidden(userAgent);
      return new From(cut(address, LONGEST_ADDRESS), cut(printable(agent), LONGEST_AGENT).strip());
    }

    private static String printable(String text) {
      return text.codePoints()
          .filter(
              c ->
                  switch (Character.getType(c)) {
                    case Character.CONTROL,
                        Character.FORMAT,
                        Character.SURROGATE,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR ->
                        false;
                    default -> true;
                  })
          .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
          .toString();
    }

    private static String cut(String text, int longest) {
      if (text.length() <= longest) {
        return text;
      }
      boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
      return text.substring(0, splitsPair ? longest - 1 : longest);
    }

    @Override
    public int compareTo(From other) {
      return ORDER.compare(this, other);
    }
  }

  /** The counts of a client's requests, and the times of the last ones. */
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
  void note(CredentialNumber credential, From from, boolean accepted, Instant at) {
    add(credential, from, Count.one(accepted, at));
  }

  private void add(CredentialNumber credential, From from, Count count) {
    if (counts.size() >= MOST_CREDENTIALS && !counts.containsKey(credential)) {
      return;
    }
    counts.compute(
        credential,
        (number, before) -> {
          SortedMap<From, Count> clients = before == null ? new TreeMap<>() : before;
          boolean full = clients.size() >= MOST_CLIENTS && !clients.containsKey(from);
          clients.merge(full ? From.OTHERS : from, count, Count::and);
          return clients;
        });
  }

  /** Takes all counts since the last time, sorted by key. */
  SortedMap<CredentialNumber, SortedMap<From, Count>> take() {
    SortedMap<CredentialNumber, SortedMap<From, Count>> taken = new TreeMap<>();
    for (CredentialNumber credential : counts.keySet()) {
      SortedMap<From, Count> clients = counts.remove(credential);
      if (clients != null) {
        taken.put(credential, clients);
      }
    }
    return taken;
  }

  /** Adds counts again that could not be written. */
  void putBack(SortedMap<CredentialNumber, SortedMap<From, Count>> taken) {
    taken.forEach(
        (credential, clients) -> clients.forEach((from, count) -> add(credential, from, count)));
  }
}
