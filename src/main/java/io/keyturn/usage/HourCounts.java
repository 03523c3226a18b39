package io.keyturn.usage;

import io.keyturn.access.ApiKeyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts in memory what keys' requests were answered, by hour, until the counts are written. The
 * memory is bounded: while {@value #MOST} hours of keys wait, further ones are not counted.
 */
final class HourCounts {
  static final int MOST = 100_000;

  private final ConcurrentHashMap<KeyHour, Answers> counts = new ConcurrentHashMap<>();

  /**
   * A key and an hour.
   *
   * @param hour when the hour began
   */
  record KeyHour(ApiKeyId keyId, Instant hour) implements Comparable<KeyHour> {
    private static final Comparator<KeyHour> ORDER =
        Comparator.comparing(KeyHour::keyId).thenComparing(KeyHour::hour);

    /** Sorts by key, so that all nodes lock rows in the same order. */
    @Override
    public int compareTo(KeyHour other) {
      return ORDER.compare(this, other);
    }
  }

  /** How many answers there were of each class of status. Statuses below 200 are not counted. */
  record Answers(long of2xx, long of3xx, long of4xx, long of5xx) {
    static final Answers NONE = new Answers(0, 0, 0, 0);

    static Answers one(int status) {
      int kind = status / 100;
      return new Answers(
          kind == 2 ? 1 : 0, kind == 3 ? 1 : 0, kind == 4 ? 1 : 0, kind == 5 ? 1 : 0);
    }

    Answers and(Answers other) {
      return new Answers(
          of2xx + other.of2xx, of3xx + other.of3xx, of4xx + other.of4xx, of5xx + other.of5xx);
    }
  }

  /** Counts an answer. */
  void note(ApiKeyId keyId, Instant at, int status) {
    add(new KeyHour(keyId, at.truncatedTo(ChronoUnit.HOURS)), Answers.one(status));
  }

  private void add(KeyHour hour, Answers answers) {
    if (counts.size() < MOST || counts.containsKey(hour)) {
      counts.merge(hour, answers, Answers::and);
    }
  }

  /** Takes all counts since the last time, sorted by key. */
  SortedMap<KeyHour, Answers> take() {
    SortedMap<KeyHour, Answers> taken = new TreeMap<>();
    for (KeyHour hour : counts.keySet()) {
      Answers answers = counts.remove(hour);
      if (answers != null) {
        taken.put(hour, answers);
      }
    }
    return taken;
  }

  /** Adds counts again that could not be written. */
  void putBack(SortedMap<KeyHour, Answers> taken) {
    taken.forEach(this::add);
  }
}
