package io.keyturn.refresh;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daily refresh, by a clock that is turned. */
class AutomaticRefreshHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Duration DAY = Duration.ofDays(1);

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  @BeforeEach
  void noneOfTheServersOwn() {
    control.awayFromTheMinute();
  }

  private static Instant created(Key key) {
    return key.until().minus(Duration.ofHours(25));
  }

  private Instant nextRefresh(String secret) {
    return Instant.parse(api.me(secret).json().getString("next_refresh_at"));
  }

  @Test
  void secretThatWasSealedWhileItsOrganisationBecameStrictIsDestroyedAtTheNextWakeUp() {
    String organisation = control.organisation();
    Key key = control.key(Control.wish().in(organisation));
    control.sql("UPDATE organisation SET strict = TRUE WHERE domain = '" + organisation + "'");
    String sealed =
        "SELECT number FROM credential WHERE sealed IS NOT NULL AND api_key_id = '"
            + key.id()
            + "'";
    assertThat(control.sql(sealed)).hasSize(1);

    control.wake();

    assertThat(control.sql(sealed)).isEmpty();
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
  }

  @Test
  void keyIsRefreshedAfterADayAndTheOldSecretLivesThroughItsGracePeriod() {
    Key first = control.key();
    assertThat(nextRefresh(first.secret())).isEqualTo(created(first).plus(DAY));
    control.turn(DAY.minusSeconds(60));
    control.refreshDue();
    assertThat(control.reveal(first).number()).isEqualTo(1);

    control.turn(Duration.ofSeconds(61));
    control.refreshDue();

    Key second = control.reveal(first);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.secret()).isNotEqualTo(first.secret());
    assertThat(api.me(second.secret()).status()).isEqualTo(200);
    Eventually.within1s(
        () -> assertThat(api.me(first.secret()).header("X-API-Key-Retired-At")).isPresent());
    assertThat(api.me(first.secret()).status()).isEqualTo(200);

    control.turn(Duration.ofMinutes(58));
    assertThat(api.me(first.secret()).status()).isEqualTo(200);
    control.turn(Duration.ofMinutes(2));
    assertProblem(api.me(first.secret()), 401, "secret_refreshed");
    assertThat(api.me(second.secret()).status()).isEqualTo(200);
  }

  @Test
  void secretIsAcceptedExactlyAsLongAsWasPromisedWhenItWasCreated() {
    Key key = control.key();
    Instant promised =
        Instant.parse(api.me(key.secret()).header("X-API-Key-Expires-At").orElseThrow());
    control.turn(DAY.plusMinutes(40));
    control.refreshDue();

    assertThat(api.me(key.secret()).header("X-API-Key-Expires-At")).contains(promised.toString());
  }

  @Test
  void dueTimesStayOnTheKeysOwnClockHoweverLateTheBatchRuns() {
    Key key = control.key();
    control.turn(DAY.plusMinutes(37));
    control.refreshDue();
    Key second = control.reveal(key);
    assertThat(nextRefresh(second.secret())).isEqualTo(created(key).plus(DAY.multipliedBy(2)));

    control.turn(DAY.multipliedBy(3));
    control.refreshDue();

    Key third = control.reveal(key);
    assertThat(third.number()).as("missed days are not made up").isEqualTo(3);
    assertThat(nextRefresh(third.secret())).isEqualTo(created(key).plus(DAY.multipliedBy(5)));
  }

  @Test
  void secretThatRanOutBeforeTheBatchCameSaysThatItExpired() {
    Key key = control.key();
    control.turn(DAY.plusHours(1).plusMinutes(1));

    Answer answer = api.me(key.secret());

    assertProblem(answer, 401, "secret_expired");
    control.refreshDue();
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    assertThat(api.me(control.reveal(key).secret()).status()).isEqualTo(200);
  }

  @Test
  void intervalAndGraceAreTheKeysOwn() {
    Key hourly = control.key(Control.wish().policy("PT1H", "PT0S"));
    Key quarterly = control.key(Control.wish().policy("P90D", "PT24H"));
    control.turn(Duration.ofHours(1).plusSeconds(1));
    control.refreshDue();

    assertThat(control.reveal(hourly).number()).isEqualTo(2);
    assertProblem(api.me(hourly.secret()), 401, "secret_refreshed");
    assertThat(control.reveal(quarterly).number()).isEqualTo(1);
  }

  @Test
  void manualRefreshDoesNotMoveTheDueTime() {
    Key first = control.key();
    control.turn(Duration.ofHours(5));
    Key second = control.refresh(first, Duration.ZERO);

    assertThat(nextRefresh(second.secret())).isEqualTo(created(first).plus(DAY));
  }

  @Test
  void dueRefreshDoesNotCutAGracePeriodThatWasPromised() {
    Key first = control.key();
    control.turn(Duration.ofHours(20));
    Key second = control.refresh(first, Duration.ofHours(12));
    control.turn(Duration.ofHours(5));
    control.refreshDue();

    assertThat(api.me(first.secret()).status()).isEqualTo(200);
    assertThat(api.me(second.secret()).status()).isEqualTo(200);
    assertThat(control.reveal(first).number()).isEqualTo(2);
  }

  @Test
  void retiredSecretIsRememberedForThirtyDaysAndThenForgotten() {
    Key key = control.key();
    control.refresh(key, Duration.ZERO);
    control.turn(DAY.multipliedBy(30).minusMinutes(1));
    control.refreshDue();
    assertProblem(api.me(key.secret()), 401, "secret_refreshed");

    control.turn(Duration.ofMinutes(2));
    control.refreshDue();

    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "unauthenticated"));
    assertThat(
            control.sql(
                "SELECT id FROM credential WHERE api_key_id = '%s' AND number = 1"
                    .formatted(key.id())))
        .isEmpty();
    assertThat(api.me(control.reveal(key).secret()).status()).isEqualTo(200);
  }

  @Test
  void revokedKeyIsNotRefreshed() {
    Key key = control.key();
    control.revoke(key);
    control.turn(DAY.plusMinutes(1));
    control.refreshDue();

    assertThat(control.sql("SELECT id FROM credential WHERE api_key_id = '" + key.id() + "'"))
        .hasSize(1);
  }

  @Test
  void manyWakeUpsAtOnceRefreshEachKeyOnce() throws Exception {
    String organisation = control.organisation();
    for (int i = 0; i < 120; i++) {
      control.key(Control.wish().in(organisation));
    }
    control.turn(DAY.plusSeconds(1));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<Answer>> wakes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      wakes.add(pool.submit(control::wake));
    }
    for (Future<Answer> wake : wakes) {
      assertThat(wake.get().status()).isEqualTo(200);
    }
    pool.shutdown();
    control.refreshDue();

    assertThat(
            control.sql(
                """
                SELECT k.id FROM api_key k JOIN organisation o ON o.id = k.organisation_id
                WHERE o.domain = '%s' AND k.current_number = 2
                AND (SELECT count(*) FROM audit_event e WHERE e.subject_id = k.id
                  AND e.action = 'API_KEY_REFRESHED' AND e.actor_type = 'SYSTEM') = 1
                """
                    .formatted(organisation)))
        .hasSize(120);
  }
}
