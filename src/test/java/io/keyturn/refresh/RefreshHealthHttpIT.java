package io.keyturn.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the health endpoint says of the automatic refresh. */
class RefreshHealthHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  @Test
  void keysThatAreDueAndRefreshedAreCounted() {
    control.awayFromTheMinute();
    String organisation = control.organisation();
    control.refreshDue();
    int before = api.automaticRefresh().getInt("keys_refreshed_by_this_node");
    for (int i = 0; i < 3; i++) {
      control.key(Control.wish().in(organisation));
    }
    assertThat(api.automaticRefresh().getInt("keys_due")).isZero();

    Instant turned = control.turn(Duration.ofHours(25));
    assertThat(api.automaticRefresh().getInt("keys_due")).isGreaterThanOrEqualTo(3);
    control.refreshDue();

    JsonObject after = api.automaticRefresh();
    assertThat(after.getInt("keys_due")).isZero();
    assertThat(after.getInt("keys_refreshed_by_this_node")).isGreaterThanOrEqualTo(before + 3);
    assertThat(Instant.parse(after.getString("last_batch_at"))).isAfterOrEqualTo(turned);
    assertThat(after.getString("last_wake_up")).isEqualTo("well");
  }

  @Test
  void wakeUpThatLeavesKeysDueHasFailed() {
    String organisation = control.organisation();
    control.key(Control.wish().in(organisation));
    String ofIt =
        " WHERE organisation_id = (SELECT o.id FROM organisation o WHERE o.domain = '%s')"
            .formatted(organisation);
    // The next event takes the number of one that is there.
    control.sql("UPDATE audit_head SET sequence = 0" + ofIt);
    control.awayFromTheMinute();
    control.turn(Duration.ofHours(25));

    control.wake();
    assertThat(api.automaticRefresh().getString("last_wake_up")).isEqualTo("failed");

    control.sql("UPDATE api_key SET due_at = NULL" + ofIt);
    control.wake();
    assertThat(api.automaticRefresh().getString("last_wake_up")).isEqualTo("well");
  }
}
