package io.keyturn;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The turned time of a server, asked for each time. */
final class ServerClock extends Clock {
  private final Control control;

  ServerClock(Control control) {
    this.control = control;
  }

  @Override
  public Instant instant() {
    return control.now();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
