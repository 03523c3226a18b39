package io.keyturn.apikey.rest;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several keys are revoked at once. */
class RevocationsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);
  private final JsonObject one = manager.create("one");
  private final JsonObject two = manager.create("two");
  private final JsonObject three = manager.create("three");

  private static String id(JsonObject created) {
    return created.getJsonObject("api_key").getString("id");
  }

  private static String ids(String... ids) {
    return List.of(ids).stream()
        .map(i -> "\"" + i + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private JsonArray revoked(String which) {
    return Manager.ok(manager.post("/revoke", "{" + which + ",\"reason\":\"a leaver\"}"), 200)
        .getJsonArray("revoked");
  }

  private static List<String> idsOf(JsonArray keys) {
    return keys.getValuesAs(JsonObject.class).stream().map(k -> k.getString("id")).toList();
  }

  private void assertWorks(JsonObject created) {
    assertThat(api.me(created.getString("secret")).status()).isEqualTo(200);
  }

  private void assertRevoked(JsonObject created) {
    Eventually.within1s(
        () -> assertProblem(api.me(created.getString("secret")), 401, "key_revoked"));
  }

  @Test
  void chosenKeysAreRevokedForAReasonAndTheAnswerNamesThem() {
    assertWorks(one);

    JsonArray revoked = revoked("\"ids\":" + ids(id(one), id(two)));

    assertThat(idsOf(revoked)).containsExactlyInAnyOrder(id(one), id(two));
    assertRevoked(one);
    assertRevoked(two);
    assertWorks(three);
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_REVOKED' AND subject_id IN ('%s', '%s')"
                    .formatted(id(one), id(two))))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.toString()).contains("a leaver"));
    assertThat(idsOf(revoked("\"ids\":" + ids(id(one), id(three)))))
        .as("what is revoked stays as it is")
        .containsExactly(id(three));
  }

  @Test
  void oneForeignIdAndNothingIsRevoked() {
    JsonObject foreign = Manager.ofNewOrganisation(SERVER).create("theirs");

    for (String unknown : List.of(id(foreign), UUID.randomUUID().toString())) {
      Answer answer =
          manager.post(
              "/revoke", "{\"ids\":" + ids(id(one), unknown, id(two)) + ",\"reason\":\"x\"}");
      assertProblem(answer, 422, "invalid");
      assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
          .isEqualTo("ids[1]");
    }

    for (JsonObject created : List.of(one, two, foreign)) {
      assertWorks(created);
    }
    assertThat(
            control.sql(
                "SELECT 1 FROM api_key WHERE revoked_at IS NOT NULL AND id IN ('%s', '%s', '%s')"
                    .formatted(id(one), id(two), id(foreign))))
        .isEmpty();
  }

  @Test
  void allKeysOfACreatorAreRevokedButOnlyInTheOwnOrganisation() {
    Manager other = new Manager(SERVER, manager.organisation(), "suppliers:read api-keys:manage");
    JsonObject others = other.create("of another creator");
    Manager stranger = Manager.ofNewOrganisation(SERVER);
    String byUs = "\"created_by\":\"" + manager.key().id() + "\"";

    assertThat(
            Manager.ok(stranger.post("/revoke", "{" + byUs + ",\"reason\":\"x\"}"), 200)
                .getJsonArray("revoked"))
        .isEmpty();
    assertWorks(one);
    assertThat(idsOf(revoked(byUs))).containsExactlyInAnyOrder(id(one), id(two), id(three));

    assertRevoked(two);
    assertWorks(others);
  }

  @Test
  void keysThatNobodyUsedAreRevoked() {
    assertWorks(one);
    Eventually.within(
        java.time.Duration.ofSeconds(20),
        () ->
            assertThat(
                    control.sql("SELECT 1 FROM api_key_use WHERE api_key_id = '" + id(one) + "'"))
                .hasSize(1));
    for (JsonObject old : List.of(one, two)) {
      control.sql(
          "UPDATE api_key SET created_at = created_at - INTERVAL '31' DAY WHERE id = '%s'"
              .formatted(id(old)));
    }

    JsonObject answer =
        Manager.ok(manager.post("/revoke", "{\"unused_for\":\"P30D\",\"reason\":\"idle\"}"), 200);

    assertThat(idsOf(answer.getJsonArray("revoked"))).containsExactly(id(two));
    assertThat(answer.getInt("remaining")).isZero();
    assertRevoked(two);
    assertWorks(one);
    assertWorks(three);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"reason":"x"}                                                | ids
          {"ids":[],"reason":"x"}                                       | ids
          {"ids":["x"],"reason":"x"}                                    | ids
          {"ids":"x","reason":"x"}                                      | ids
          {"unused_for":"P1D","created_by":"6f9619ff-8b86-d011-b42d-00c04fc964ff","reason":"x"} | ids
          {"created_by":"somebody","reason":"x"}                           | created_by
          {"unused_for":"PT1H","reason":"x"}                            | unused_for
          {"unused_for":"P4000D","reason":"x"}                          | unused_for
          {"unused_for":"a while","reason":"x"}                         | unused_for
          {"unused_for":"P30D"}                                         | reason
          {"unused_for":"P30D","reason":" "}                            | reason
          {"unused_for":"P30D","reason":"x","status":"active"}          | status
          """)
  void wrongMemberIsInvalidAndNamed(String body, String field) {
    Answer answer = manager.post("/revoke", body);

    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo(field);
    assertWorks(one);
  }

  @Test
  void moreThanTheMostAreRefused() {
    String many =
        IntStream.range(0, 501)
            .mapToObj(i -> "\"" + UUID.randomUUID() + "\"")
            .collect(Collectors.joining(",", "[", "]"));

    assertProblem(
        manager.post("/revoke", "{\"ids\":" + many + ",\"reason\":\"x\"}"), 422, "invalid");
  }

  @Test
  void whoMayOnlyReadRevokesNothing() {
    Manager reader = new Manager(SERVER, manager.organisation(), "api-keys:read");

    assertProblem(
        reader.post("/revoke", "{\"ids\":" + ids(id(one)) + ",\"reason\":\"x\"}"),
        403,
        "insufficient_scope");
    assertWorks(one);
  }
}
