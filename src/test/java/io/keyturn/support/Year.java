package io.keyturn.support;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A simulation by events: whatever acts says when it acts next, and the server's clock is turned on
 * from one to the next. As a clock, it is the server's.
 */
public final class Year implements InstantSource {
  private static final int ENOUGH_FAILURES = 20;

  private final Control control;
  private final Random random = new Random(20_260_101);
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::order));
  private final List<String> failures = new ArrayList<>();
  private Instant now;
  private long scheduled;

  /** Something that acts again and again. */
  public interface Actor {
    /** Acts; answers when it acts next. */
    Instant act() throws Exception;
  }

  private record Event(Instant at, long order, String name, Actor actor) {}

  public Year(Control control) {
    this.control = control;
    this.now = control.now();
  }

  /** Adds an actor that acts for the first time then. */
  public void add(Instant at, String name, Actor actor) {
    events.add(new Event(at, scheduled++, name, actor));
  }

  /** Lets the time pass. Stops early when too much has failed. */
  public void pass(Duration time) {
    Instant end = now.plus(time);
    while (events.element().at().isBefore(end) && failures.size() < ENOUGH_FAILURES) {
      Event event = events.remove();
      turnTo(event.at());
      Instant next;
      try {
        next = event.actor().act();
      } catch (Exception e) {
        failed(event.name(), e.toString());
        next = now.plus(Duration.ofHours(1));
      }
      add(next, event.name(), event.actor());
    }
  }

  private void turnTo(Instant time) {
    Duration by = Duration.between(now, time);
    turn(by.isNegative() ? Duration.ZERO : by);
  }

  /** Turns the server's clock on. */
  public void turn(Duration by) {
    now = control.turn(by);
  }

  /** Notes a failure. */
  public void failed(String name, String what) {
    failures.add(now + " " + name + ": " + what);
  }

  public List<String> failures() {
    return failures;
  }

  /** A time from now, in minutes: at least the one, less than the other. */
  public Instant in(int from, int to) {
    return now.plus(minutes(from, to));
  }

  /** A span in minutes, to the second: at least the one, less than the other. */
  public Duration minutes(int from, int to) {
    return Duration.ofSeconds(random.nextInt(from * 60, to * 60));
  }

  @Override
  public Instant instant() {
    return now;
  }
}
