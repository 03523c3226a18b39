package io.keyturn.control;

import io.keyturn.platform.DatabaseClock;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Duration;
import java.time.Instant;

/** The database's time and an offset, so that tests need not wait for tomorrow. */
@Alternative
@Priority(1)
@ApplicationScoped
public class TurnedClock extends DatabaseClock {
  private volatile Duration offset = Duration.ZERO;

  @Override
  public Instant instant() {
    return super.instant().plus(offset);
  }

  /** Turns the clock on. */
  synchronized void turn(Duration by) {
    offset = offset.plus(by);
  }
}
