package io.keyturn.control;

import io.keyturn.database.DatabaseClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** The database's time and an offset, so that tests need not wait for tomorrow. */
@Alternative
@Priority(1)
@ApplicationScoped
public class TurnedClock extends DatabaseClock {
  /** What a restarted server goes on with. */
  private volatile Duration offset =
      Duration.parse(
          Objects.requireNonNullElse(System.getenv("KEYTURN_TEST_CLOCK_OFFSET"), "PT0S"));

  @Override
  public Instant instant() {
    return super.instant().plus(offset);
  }

  /** Turns the clock on. */
  synchronized void turn(Duration by) {
    offset = offset.plus(by);
  }
}
