package io.keyturn.idempotency;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A POST that may be sent again. */
class IdempotencyHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);
  private final String idempotencyKey = UUID.randomUUID().toString();

  private Answer create(Manager who, String body) {
    return who.post("", body, "Idempotency-Key", idempotencyKey);
  }

  private List<JsonObject> keys() {
    return Manager.ok(manager.get(""), 200).getJsonArray("data").getValuesAs(JsonObject.class);
  }

  @Test
  void sameRequestGetsTheSameAnswer() {
    Answer first = create(manager, "{\"name\":\"once\",\"scopes\":[\"suppliers:read\"]}");

    Answer again = create(manager, "{ \"scopes\": [\"suppliers:read\"], \"name\": \"once\" }");

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(keys()).hasSize(2);
    String id = first.json().getJsonObject("api_key").getString("id");
    assertThat(
            SERVER
                .control()
                .sql(
                    "SELECT action FROM audit_event WHERE subject_id = '"
                        + id
                        + "' ORDER BY sequence")
                .stream()
                .map(row -> row.getString("action")))
        .as("each time the secret goes out")
        .containsExactly("API_KEY_CREATED", "API_KEY_CREATION_REPEATED");
  }

  @Test
  void anotherRequestOfTheSameKeyIsInvalid() {
    create(manager, "{\"name\":\"one\"}");

    assertProblem(create(manager, "{\"name\":\"two\"}"), 422, "invalid");

    assertThat(keys()).hasSize(2);
  }

  @Test
  void requestThatSaysNullIsTheSameAsOneThatSaysNothing() {
    Answer first = create(manager, "{\"name\":\"short\"}");

    Answer again = create(manager, "{\"burst\":null,\"name\":\"short\",\"networks\":null}");

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void refusedRequestLeavesItsKeyFree() {
    manager.create("taken");
    assertProblem(create(manager, "{\"name\":\"taken\"}"), 409, "conflict");

    assertThat(create(manager, "{\"name\":\"free\"}").status()).isEqualTo(201);
  }

  @Test
  void otherApiKeysHaveIdempotencyKeysOfTheirOwn() {
    Manager other = new Manager(SERVER, manager.organisation(), "suppliers:read api-keys:manage");
    Answer mine = create(manager, "{\"name\":\"mine\"}");

    Answer theirs = create(other, "{\"name\":\"theirs\"}");

    assertThat(theirs.status()).as(theirs.body()).isEqualTo(201);
    assertThat(theirs.body()).isNotEqualTo(mine.body());
  }

  @Test
  void requestsAtTheSameTimeCreateOneKey() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    List<Future<Answer>> futures = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      futures.add(threads.submit(() -> create(manager, "{\"name\":\"race\"}")));
    }
    List<Answer> answers = new ArrayList<>();
    for (Future<Answer> future : futures) {
      answers.add(future.get());
    }
    threads.shutdown();

    Set<String> created =
        answers.stream()
            .filter(a -> a.status() == 201)
            .map(Answer::body)
            .collect(Collectors.toSet());
    assertThat(created).hasSize(1);
    answers.stream()
        .filter(a -> a.status() != 201)
        .forEach(a -> assertProblem(a, 409, "request_in_progress"));
    assertThat(keys()).hasSize(2);
    assertThat(create(manager, "{\"name\":\"race\"}").body()).isEqualTo(created.iterator().next());
  }

  @Test
  void answerIsKeptSealedForADay() {
    String secret = create(manager, "{\"name\":\"sealed\"}").json().getString("secret");
    String row =
        "SELECT * FROM idempotent_request WHERE idempotency_key = '%s'".formatted(idempotencyKey);
    String hex =
        java.util.HexFormat.of()
            .formatHex(secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII));

    assertThat(control.sql(row))
        .singleElement()
        .asString()
        .doesNotContain(secret)
        .doesNotContain(hex);
    control.turn(Duration.ofHours(23));
    control.refreshDue();
    assertThat(control.sql(row)).hasSize(1);
    control.turn(Duration.ofMinutes(61));
    control.refreshDue();
    assertThat(control.sql(row)).isEmpty();
  }

  @Test
  void answerOfAnotherRequestDoesNotOpen() {
    String mine = idempotencyKey;
    create(manager, "{\"name\":\"a\"}");
    manager.post("", "{\"name\":\"b\"}", "Idempotency-Key", mine + "-b");
    control.sql(
        "UPDATE idempotent_request SET sealed = (SELECT o.sealed FROM idempotent_request o WHERE o.idempotency_key = '%s-b') WHERE idempotency_key = '%s'"
            .formatted(mine, mine));

    assertThat(create(manager, "{\"name\":\"a\"}").status()).isEqualTo(500);
  }

  @Test
  void repetitionIsNotedOfTheKeyInTheSealedAnswer() {
    String other = manager.create("other").getJsonObject("api_key").getString("id");
    Answer first = create(manager, "{\"name\":\"mine\"}");
    String id = first.json().getJsonObject("api_key").getString("id");
    control.sql(
        "UPDATE idempotent_request SET location = '/api/v1/api-keys/%s' WHERE idempotency_key = '%s'"
            .formatted(other, idempotencyKey));

    assertThat(create(manager, "{\"name\":\"mine\"}").body()).isEqualTo(first.body());

    assertThat(
            control.sql(
                "SELECT subject_id FROM audit_event WHERE action = 'API_KEY_CREATION_REPEATED' AND subject_id IN ('%s', '%s')"
                    .formatted(id, other)))
        .singleElement()
        .asString()
        .contains(id);
  }

  @Test
  void strictOrganisationRepeatsNoSecret() {
    control.sql(
        "UPDATE organisation SET strict = TRUE WHERE domain = '%s'"
            .formatted(manager.organisation()));
    Answer first = create(manager, "{\"name\":\"strict\"}");
    assertThat(api.me(first.json().getString("secret")).status()).isEqualTo(200);

    Answer again = create(manager, "{\"name\":\"strict\"}");

    assertProblem(again, 409, "conflict");
    assertThat(first.header("Location").orElseThrow()).endsWith(again.json().getString("location"));
    assertThat(keys()).hasSize(2);
    assertThat(
            control.sql(
                "SELECT sealed FROM idempotent_request WHERE idempotency_key = '%s' AND sealed IS NOT NULL"
                    .formatted(idempotencyKey)))
        .isEmpty();
  }

  @Test
  void badIdempotencyKeyIsInvalid() {
    for (String bad : List.of("a b", "x".repeat(256), " ")) {
      assertProblem(manager.post("", "{\"name\":\"a\"}", "Idempotency-Key", bad), 422, "invalid");
    }
  }
}
