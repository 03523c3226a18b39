package io.keyturn.apikey;

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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating, refreshing, revealing and revoking keys, as clients of the API live through it. */
class RefreshHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();

  @Test
  void oldSecretIsAcceptedThroughItsGracePeriodAndSaysThatItIsRetired() {
    Key first = control.key();
    Instant before = control.now();
    Key second = control.refresh(first, Duration.ofHours(2));
    Instant after = control.now();

    Eventually.within1s(
        () -> assertThat(api.me(first.secret()).header("X-API-Key-Retired-At")).isPresent());
    Answer old = api.me(first.secret());
    assertThat(old.status()).isEqualTo(200);
    assertThat(old.json().getInt("secret_number")).isEqualTo(1);
    assertThat(Instant.parse(old.header("X-API-Key-Retired-At").orElseThrow()))
        .isBetween(before.truncatedTo(ChronoUnit.SECONDS), after);
    assertThat(Instant.parse(old.header("X-API-Key-Expires-At").orElseThrow()))
        .isBetween(
            before.truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofHours(2)),
            after.plus(Duration.ofHours(2)));
    Answer current = api.me(second.secret());
    assertThat(current.status()).isEqualTo(200);
    assertThat(current.json().getInt("secret_number")).isEqualTo(2);
    assertThat(current.header("X-API-Key-Retired-At")).isEmpty();

    control.turn(Duration.ofHours(2).minusMinutes(1));
    assertThat(api.me(first.secret()).status()).isEqualTo(200);
    control.turn(Duration.ofMinutes(2));
    assertProblem(api.me(first.secret()), 401, "secret_refreshed");
    assertThat(api.me(second.secret()).status()).isEqualTo(200);
  }

  @Test
  void refreshWithoutGraceStopsTheOldSecretWithinASecond() {
    Key first = control.key();
    assertThat(api.me(first.secret()).status()).isEqualTo(200);
    control.refresh(first, Duration.ZERO);

    Eventually.within1s(() -> assertProblem(api.me(first.secret()), 401, "secret_refreshed"));
  }

  @Test
  void neverAreThreeSecretsAccepted() {
    Key first = control.key();
    Key second = control.refresh(first, Duration.ofHours(24));
    Key third = control.refresh(second, Duration.ofHours(24));

    assertProblem(api.me(first.secret()), 401, "secret_refreshed");
    assertThat(api.me(second.secret()).status()).isEqualTo(200);
    assertThat(api.me(third.secret()).status()).isEqualTo(200);
  }

  @Test
  void secretsOfAKeyShareNothingButTheirPrefix() {
    Key first = control.key(Control.wish().environment("test"));
    Key second = control.refresh(first, Duration.ZERO);

    assertThat(first.secret()).matches("kt_test_[0-9A-Za-z]{49}");
    assertThat(second.secret()).matches("kt_test_[0-9A-Za-z]{49}").isNotEqualTo(first.secret());
  }

  @Test
  void replacedNumberGivesTheSameSuccessorAgain() {
    Key first = control.key();
    Key second = control.refresh(first, Duration.ofHours(1));
    Key again = control.refresh(first, Duration.ofHours(1));

    assertThat(again.secret()).isEqualTo(second.secret());
    assertThat(again.number()).isEqualTo(2);
    assertThat(api.me(first.secret()).status()).isEqualTo(200);
  }

  @Test
  void numberOfHistoryIsAConflictThatNamesTheCurrentOne() {
    Key first = control.key();
    control.refresh(control.refresh(first, Duration.ZERO), Duration.ZERO);

    Answer answer = control.tryRefresh(first, 1, Duration.ZERO);

    assertProblem(answer, 409, "conflict");
    assertThat(answer.json().getInt("current_number")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2, 1000})
  void numberNotYetIssuedIsInvalid(int number) {
    assertProblem(control.tryRefresh(control.key(), number, Duration.ZERO), 422, "invalid");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-1S", "PT24H1S", "P400D"})
  void gracePeriodOutOfBoundsIsInvalid(String grace) {
    Key key = control.key();

    assertProblem(control.tryRefresh(key, 1, Duration.parse(grace)), 422, "invalid");
    assertThat(api.me(key.secret()).json().getInt("secret_number")).isEqualTo(1);
  }

  @Test
  void graceIsNeverLongerThanTheInterval() {
    Key hourly = control.key(Control.wish().policy("PT1H", "PT30M"));

    assertProblem(control.tryRefresh(hourly, 1, Duration.ofMinutes(61)), 422, "invalid");
  }

  @Test
  void fiftyThreadsThatRefreshTheSameNumberGetOneSuccessor() throws Exception {
    Key key = control.key();
    int threads = 50;
    CountDownLatch go = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      answers.add(
          pool.submit(
              () -> {
                go.await();
                return secretAfterRefresh(key);
              }));
    }
    go.countDown();
    Set<String> secrets = new HashSet<>();
    for (Future<String> answer : answers) {
      secrets.add(answer.get());
    }
    pool.shutdown();

    assertThat(secrets).hasSize(1);
    assertThat(numbers(key)).containsExactly("1", "2");
    assertThat(events(key, "API_KEY_REFRESHED")).isEqualTo(1);
    assertThat(api.me(secrets.iterator().next()).status()).isEqualTo(200);
  }

  /** Fifty bodies at once of one address may be too many for a busy server, which says so. */
  private String secretAfterRefresh(Key key) {
    Api.Answer answer;
    do {
      answer = control.tryRefresh(key, key.number(), Duration.ofHours(1));
    } while (answer.status() == 503);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getString("secret");
  }

  @Test
  void sealOfARetiredSecretIsDestroyed() {
    Key key = control.key();
    control.refresh(key, Duration.ofHours(1));

    assertThat(
            control.sql(
                """
                SELECT number FROM credential WHERE api_key_id = '%s'
                AND (sealed IS NOT NULL OR data_key_id IS NOT NULL)
                """
                    .formatted(key.id())))
        .singleElement()
        .satisfies(row -> assertThat(row.getString("number")).isEqualTo("2"));
  }

  @Test
  void revealGivesTheCurrentSecret() {
    Key second = control.refresh(control.key(), Duration.ZERO);

    assertThat(control.reveal(second).secret()).isEqualTo(second.secret());
    assertThat(control.reveal(second).number()).isEqualTo(2);
  }

  @Test
  void strictOrganisationKeepsNoSecret() {
    String strict = control.organisation();
    control.sql("UPDATE organisation SET strict = TRUE WHERE domain = '%s'".formatted(strict));
    Key key = control.key(Control.wish().in(strict));

    assertProblem(control.tryReveal(key), 409, "conflict");
    assertThat(
            control.sql(
                "SELECT id FROM credential WHERE sealed IS NOT NULL AND api_key_id = '%s'"
                    .formatted(key.id())))
        .isEmpty();
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
    assertThat(api.me(control.refresh(key, Duration.ZERO).secret()).status()).isEqualTo(200);
  }

  @Test
  void keyOfAnotherOrganisationDoesNotExist() {
    Key key = control.key();
    Key seen = Control.seenFrom(control.organisation(), key);

    assertProblem(control.tryRefresh(seen, 1, Duration.ZERO), 404, "not_found");
    assertProblem(control.tryReveal(seen), 404, "not_found");
    assertProblem(control.tryRevoke(seen), 404, "not_found");
    assertThat(api.me(key.secret()).json().getInt("secret_number")).isEqualTo(1);
  }

  @Test
  void revokedKeyIsOver() {
    Key key = control.key();
    Key second = control.refresh(key, Duration.ofHours(24));
    control.revoke(key);

    assertProblem(api.me(second.secret()), 401, "key_revoked");
    assertProblem(api.me(key.secret()), 401, "key_revoked");
    assertProblem(control.tryRefresh(key, 2, Duration.ZERO), 409, "conflict");
    assertProblem(control.tryReveal(key), 409, "conflict");
    assertThat(control.tryRevoke(key).status()).as("nobody is punished for a retry").isEqualTo(200);
  }

  @Test
  void nameIsUniqueAmongTheKeysOfAnOrganisationThatAreNotRevokedInWhateverCase() {
    Key key = control.key();

    Answer answer =
        control.tryKey(Control.wish().named(key.name().toUpperCase(java.util.Locale.ROOT)));

    assertProblem(answer, 409, "conflict");
    assertThat(answer.json().getString("id")).isEqualTo(key.id());
    assertThat(control.tryKey(Control.wish().named(key.name()).in(control.organisation())).status())
        .isEqualTo(200);
    control.revoke(key);
    assertThat(control.tryKey(Control.wish().named(key.name())).status()).isEqualTo(200);
  }

  @Test
  void twentyThreadsThatTakeTheSameNameGetOneKey() throws Exception {
    Control.Wish wish = Control.wish();
    ExecutorService pool = Executors.newFixedThreadPool(20);
    List<Future<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(pool.submit(() -> control.tryKey(wish)));
    }
    int created = 0;
    for (Future<Answer> answer : answers) {
      if (answer.get().status() == 200) {
        created++;
      } else {
        assertProblem(answer.get(), 409, "conflict");
      }
    }
    pool.shutdown();

    assertThat(created).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "a\nb", "a\u0000b", "a\u202eb"})
  void badNameIsInvalidAndCreatesNothing(String name) {
    int before = control.sql("SELECT id FROM api_key").size();

    assertProblem(control.tryKey(Control.wish().named(name)), 422, "invalid");
    assertProblem(control.tryKey(Control.wish().named("n".repeat(101))), 422, "invalid");

    assertThat(control.sql("SELECT id FROM api_key")).hasSize(before);
  }

  @Test
  void everyStepIsAuditedWithItsActor() {
    Key key = control.key();
    control.refresh(key, Duration.ZERO);
    control.reveal(key);
    control.revoke(key);

    assertThat(
            control
                .sql(
                    "SELECT action, actor_name FROM audit_event WHERE subject_id = '%s' ORDER BY sequence"
                        .formatted(key.id()))
                .stream()
                .map(row -> row.getString("action") + " " + row.getString("actor_name")))
        .containsExactly(
            "API_KEY_CREATED tester",
            "API_KEY_REFRESHED tester",
            "API_KEY_REVEALED tester",
            "API_KEY_REVOKED tester");
  }

  private List<String> numbers(Key key) {
    return control
        .sql(
            "SELECT number FROM credential WHERE api_key_id = '%s' ORDER BY number"
                .formatted(key.id()))
        .stream()
        .map(row -> row.getString("number"))
        .toList();
  }

  private int events(Key key, String action) {
    return control
        .sql(
            "SELECT sequence FROM audit_event WHERE subject_id = '%s' AND action = '%s'"
                .formatted(key.id(), action))
        .size();
  }
}
