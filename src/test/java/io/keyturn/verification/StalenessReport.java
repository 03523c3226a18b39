package io.keyturn.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How late nodes saw changes, and what is printed of it. */
final class StalenessReport {
  private static final double PROMISED_MILLIS = 1_000;

  private final String title;
  private final List<Lateness> all = new ArrayList<>();

  /** The kinds of changes. */
  enum Kind {
    REVOKED,
    REFRESHED,
    NARROWED,
    NETWORKS,
    SUSPENDED,
    ACTIVE_AGAIN
  }

  /**
   * How late a node saw a change.
   *
   * @param on the node that made it
   * @param seenOn the node that saw it
   * @param millis from the answer of the change to the sending of the last request that was
   *     answered as before
   * @param atMostMillis from just before the change was sent to the last answer as before
   * @param status of that answer
   */
  record Lateness(Kind kind, int on, int seenOn, double millis, double atMostMillis, int status) {}

  StalenessReport(String title) {
    this.title = title;
  }

  void add(Lateness lateness) {
    all.add(lateness);
  }

  /** Prints each kind, each way from node to node, all, and each change that broke the promise. */
  void print() {
    for (Kind kind : Kind.values()) {
      print(kind.toString(), late -> late.kind() == kind);
    }
    for (int on = 1; on <= 2; on++) {
      for (int seenOn = 1; seenOn <= 2; seenOn++) {
        int from = on;
        int to = seenOn;
        print(
            "made on node %d, seen on node %d".formatted(on, seenOn),
            late -> late.on() == from && late.seenOn() == to);
      }
    }
    print("all", late -> true);
    all.stream()
        .filter(late -> late.millis() > PROMISED_MILLIS)
        .forEach(late -> say("!!! THE PROMISE OF 1 s IS BROKEN, %s: %s", title, late));
  }

  private void print(String what, Predicate<Lateness> which) {
    List<Lateness> some = all.stream().filter(which).toList();
    if (some.isEmpty()) {
      return;
    }
    double[] late = some.stream().mapToDouble(Lateness::millis).sorted().toArray();
    double[] atMost = some.stream().mapToDouble(Lateness::atMostMillis).sorted().toArray();
    say(
        "%s, %s (%d): after the answer median %.0f ms, p99 %.0f ms, worst %.0f ms;"
            + " from before the change at most %.0f, %.0f, %.0f ms",
        title,
        what,
        some.size(),
        at(late, 0.5),
        at(late, 0.99),
        at(late, 1),
        at(atMost, 0.5),
        at(atMost, 0.99),
        at(atMost, 1));
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.ceil(sorted.length * share) - 1];
  }

  /** Prints a line. */
  static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
