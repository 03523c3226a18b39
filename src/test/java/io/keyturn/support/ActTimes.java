package io.keyturn.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** How long the acts of a visitor take, for benchmarks of pages. */
public final class ActTimes {
  private final Map<String, List<Long>> times = new LinkedHashMap<>();

  /** Does something, and notes how long it took. */
  public <T> T timed(String what, Supplier<T> act) {
    long begin = System.nanoTime();
    T done = act.get();
    times.computeIfAbsent(what, w -> new ArrayList<>()).add(System.nanoTime() - begin);
    return done;
  }

  /** Forgets what was noted: the warm-up. */
  public void clear() {
    times.clear();
  }

  /** Prints the median and the worst of each act, beside those of another visitor, in ms. */
  public void print(String title, ActTimes others) {
    times.forEach(
        (what, own) -> {
          List<Long> other = others.times.getOrDefault(what, List.of());
          System.out.println(
              String.format(
                  Locale.ROOT,
                  "%s, %-14s median %.1f ms, worst %.1f; beside it %.1f, %.1f; ratio %.2f",
                  title,
                  what,
                  median(own),
                  worst(own),
                  median(other),
                  worst(other),
                  median(own) / median(other)));
        });
  }

  private static double median(List<Long> nanos) {
    return nanos.stream().sorted().toList().get(nanos.size() / 2) / 1e6;
  }

  private static double worst(List<Long> nanos) {
    return nanos.stream().mapToLong(n -> n).max().orElse(0) / 1e6;
  }
}
