package io.keyturn.apikey;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever can write the database but has none of the keys gains nothing. */
class TamperingHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE credential SET accepted_until = accepted_until + INTERVAL '1' DAY"
            + " WHERE api_key_id = '%s'",
        "UPDATE credential SET number = 7 WHERE api_key_id = '%s'",
        "UPDATE credential SET retired_at = issued_at WHERE api_key_id = '%s'",
        "UPDATE api_key SET scopes = 'suppliers:read suppliers:write api-keys:manage'"
            + " WHERE id = '%s'",
        "UPDATE api_key SET networks = '' WHERE id = '%s'",
        "UPDATE api_key SET networks = '0.0.0.0/0 nonsense' WHERE id = '%s'",
        "UPDATE api_key SET requests_per_minute = 60000 WHERE id = '%s'",
        "UPDATE api_key SET requests_per_day = NULL WHERE id = '%s'",
        "UPDATE api_key SET expires_at = expires_at + INTERVAL '9' DAY WHERE id = '%s'",
        "UPDATE api_key SET expires_at = NULL WHERE id = '%s'"
      })
  void changedRowIsRefusedAndReported(String tampering) {
    Key key = control.key();
    Manager manager = new Manager(SERVER, key.organisation(), "suppliers:read api-keys:manage");
    String end = control.now().plus(Duration.ofDays(3)).toString();
    Manager.ok(
        manager.change(
            key.id(),
            """
            {"networks":["127.0.0.0/8","::1"],"requests_per_minute":60,"requests_per_day":1000,
             "expires_at":"%s"}
            """
                .formatted(end)),
        200);
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
    Eventually.within(Duration.ofSeconds(20), () -> tamper(key, tampering));

    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "unauthenticated"));
    assertProblem(api.me(key.secret()), 401, "unauthenticated");
    assertThat(SERVER.logs()).contains(key.id() + " was changed in the database");
  }

  /** A client of the key, which may be written at any moment, keeps its credential's number. */
  private void tamper(Key key, String tampering) {
    control.sql("DELETE FROM client_sighting WHERE api_key_id = '%s'".formatted(key.id()));
    control.sql(tampering.formatted(key.id()));
  }

  @Test
  void secretThatHasRunOutCannotBeRevived() {
    Key key = control.key();
    control.refresh(key, Duration.ZERO);
    control.sql(
        """
        UPDATE credential SET retired_at = NULL, accepted_until = accepted_until + INTERVAL '9' DAY
        WHERE api_key_id = '%s' AND number = 1
        """
            .formatted(key.id()));

    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "unauthenticated"));
  }

  @Test
  void credentialMovedToAStrongerKeyIsRefused() {
    Key weak = control.key();
    Key strong = control.key(Control.wish().scopes("suppliers:read api-keys:manage"));
    control.sql("DELETE FROM credential WHERE api_key_id = '%s'".formatted(strong.id()));
    control.sql(
        "UPDATE credential SET api_key_id = '%s' WHERE api_key_id = '%s'"
            .formatted(strong.id(), weak.id()));

    assertProblem(api.me(weak.secret()), 401, "unauthenticated");
  }

  @Test
  void refreshSignsNoWidenedScopes() {
    Key key = control.key();
    control.sql(
        "UPDATE api_key SET scopes = 'suppliers:read api-keys:manage' WHERE id = '%s'"
            .formatted(key.id()));
    assertProblem(control.tryRefresh(key, 1, Duration.ZERO), 409, "conflict");
    control.turn(Duration.ofDays(1).plusMinutes(1));
    control.refreshDue();

    assertThat(control.sql("SELECT id FROM credential WHERE api_key_id = '" + key.id() + "'"))
        .hasSize(1);
    assertThat(SERVER.logs()).contains("API key " + key.id() + " was changed in the database");
  }

  @Test
  void refreshSignsNoLaterEnd() {
    Key key = control.key();
    Manager manager = new Manager(SERVER, key.organisation(), "suppliers:read api-keys:manage");
    String end = control.now().plus(Duration.ofDays(3)).toString();
    Manager.ok(manager.change(key.id(), "{\"expires_at\":\"" + end + "\"}"), 200);

    control.sql("UPDATE api_key SET expires_at = NULL WHERE id = '%s'".formatted(key.id()));

    assertProblem(control.tryRefresh(key, 1, Duration.ZERO), 409, "conflict");
  }

  @Test
  void revokedKeyCannotBeRevivedThroughTheBatch() {
    Key key = control.key();
    control.revoke(key);
    control.sql(
        "UPDATE api_key SET revoked_at = NULL, due_at = created_at WHERE id = '%s'"
            .formatted(key.id()));
    control.refreshDue();

    assertThat(control.sql("SELECT id FROM credential WHERE api_key_id = '" + key.id() + "'"))
        .hasSize(1);
    assertThat(api.me(key.secret()).status()).isEqualTo(401);
  }

  @Test
  void sealedSecretDoesNotOpenInAnotherRow() {
    Key mine = control.key();
    Key yours = control.key();
    control.sql(
        """
        UPDATE credential SET
          sealed = (SELECT c.sealed FROM credential c WHERE c.api_key_id = '%1$s'),
          data_key_id = (SELECT c.data_key_id FROM credential c WHERE c.api_key_id = '%1$s')
        WHERE api_key_id = '%2$s'
        """
            .formatted(yours.id(), mine.id()));

    Answer answer = control.tryReveal(mine);

    assertThat(answer.status()).isEqualTo(500);
    assertProblem(answer);
    assertThat(answer.body()).doesNotContain(yours.secret());
  }

  @Test
  void sealedSecretOfAnotherOrganisationDoesNotOpenEither() {
    Key mine = control.key(Control.wish().in(control.organisation()));
    Key yours = control.key();
    control.sql(
        """
        UPDATE credential SET
          sealed = (SELECT c.sealed FROM credential c WHERE c.api_key_id = '%1$s'),
          data_key_id = (SELECT c.data_key_id FROM credential c WHERE c.api_key_id = '%1$s')
        WHERE api_key_id = '%2$s'
        """
            .formatted(yours.id(), mine.id()));

    Answer answer = control.tryReveal(mine);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).doesNotContain(yours.secret());
  }
}
