package io.keyturn.usage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What keys' requests were answered, by hour, counted in memory until it is written. Bounded: where
 * {@value #MOST} are waiting, those of further keys are not counted.
 */
final class HourCounts {
  static final int MOST = 100_000;

  private final ConcurrentHashMap<KeyHour, Answers> counts = new ConcurrentHashMap<>();

  /**
   * An hour of a key.
   *
   * @param hour when it began
   */
  record KeyHour(UUID keyId, Instant hour) implements Comparable<KeyHour> {
    private static final Comparator<KeyHour> ORDER =
        Comparator.comparing(KeyHour::keyId).thenComparing(KeyHour::hour);

    /** By key, so that all nodes lock rows in one order. */
    @Override
    public int compareTo(KeyHour other) {
      return ORDER.compare(this, other);
    }
  }

  /** How many answers there were of each class of status; those below 200 are none. */
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
  void note(UUID keyId, Instant at, int status) {
    add(new KeyHour(keyId, at.truncatedTo(ChronoUnit.HOURS)), Answers.one(status));
  }

  private void add(KeyHour hour, Answers answers) {
    if (counts.size() < MOST || counts.containsKey(hour)) {
      counts.merge(hour, answers, Answers::and);
    }
  }

  /** All that was counted since the last time, in the order of keys. */
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

  /** Counts again what could not be written. */
  void putBack(SortedMap<KeyHour, Answers> taken) {
    taken.forEach(this::add);
  }
}
