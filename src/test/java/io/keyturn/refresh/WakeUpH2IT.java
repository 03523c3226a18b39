package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The timer, which has nothing to do with the database; elsewhere the tests wake the server. */
class WakeUpH2IT {
  private final Control control = KeyturnServer.shared().control();

  @Test
  void serverWakesItselfAgainAndAgain() {
    Key key = control.key();
    for (int number = 2; number <= 3; number++) {
      String current = "SELECT id FROM api_key WHERE id = '%s' AND current_number = %d";
      String refreshed = current.formatted(key.id(), number);
      control.turn(Duration.ofDays(1));
      Eventually.within(Duration.ofMinutes(3), () -> assertThat(control.sql(refreshed)).hasSize(1));
    }
  }
}
