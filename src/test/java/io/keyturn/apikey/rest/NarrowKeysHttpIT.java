package io.keyturn.apikey.rest;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A key that is narrower than another in any dimension is given no secret of the other by any
 * answer of the API; a key that is as wide in all of them is given each.
 */
class NarrowKeysHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String SECRET = "kt_(live|test)_[0-9A-Za-z]{49}";
  private static final String OWN_SCOPES = "\"scopes\":[\"api-keys:manage\",\"suppliers:read\"],";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);

  /**
   * In what keys differ, and how.
   *
   * @param named what the refusal names
   * @param narrow what the key that asks has
   * @param wide what the other key has
   */
  record Dimension(String named, String narrow, String wide) {
    boolean fixed() {
      return named.equals("environment");
    }

    String code() {
      return named.equals("suppliers:write") ? "insufficient_scope" : "forbidden";
    }

    void assertRefuses(Answer answer) {
      assertProblem(answer, 403, code());
      assertThat(answer.json().getString(code().equals("forbidden") ? "field" : "scope"))
          .isEqualTo(named);
      assertThat(answer.body()).doesNotContainPattern(SECRET);
    }
  }

  static Stream<Dimension> dimensions() {
    return Stream.of(
        new Dimension(
            "suppliers:write",
            "\"scopes\":[\"suppliers:read\"]",
            "\"scopes\":[\"suppliers:read\",\"suppliers:write\"]"),
        new Dimension("environment", "\"environment\":\"test\"", "\"environment\":\"live\""),
        new Dimension("networks", "\"networks\":[\"127.0.0.1\"]", "\"networks\":null"),
        new Dimension(
            "networks", "\"networks\":[\"127.0.0.1\"]", "\"networks\":[\"127.0.0.1\",\"::1\"]"),
        new Dimension(
            "requests_per_minute", "\"requests_per_minute\":30", "\"requests_per_minute\":null"),
        new Dimension(
            "requests_per_minute", "\"requests_per_minute\":30", "\"requests_per_minute\":31"),
        new Dimension(
            "burst",
            "\"requests_per_minute\":30,\"burst\":29",
            "\"requests_per_minute\":30,\"burst\":30"),
        new Dimension("requests_per_day", "\"requests_per_day\":100", "\"requests_per_day\":null"),
        new Dimension("requests_per_day", "\"requests_per_day\":100", "\"requests_per_day\":101"),
        new Dimension(
            "expires_at", "\"expires_at\":\"2999-01-01T00:00:00Z\"", "\"expires_at\":null"),
        new Dimension(
            "expires_at",
            "\"expires_at\":\"2999-01-01T00:00:00Z\"",
            "\"expires_at\":\"2999-01-01T00:00:00.000001Z\""));
  }

  private JsonObject create(String members) {
    return Manager.ok(
        manager.post("", "{\"name\":\"" + UUID.randomUUID() + "\"," + members + "}"), 201);
  }

  /** Creates the key that asks. */
  private String grantor(Dimension dimension) {
    return create(
            OWN_SCOPES
                + (dimension.code().equals("forbidden") ? dimension.narrow() : "\"burst\":null"))
        .getString("secret");
  }

  private static String id(JsonObject created) {
    return created.getJsonObject("api_key").getString("id");
  }

  private Answer refresh(String secret, JsonObject key) {
    return manager.as(secret, "/" + id(key) + "/refresh", "{\"replaces\":1}");
  }

  private Answer leaked(String secret, JsonObject key) {
    return manager.as(secret, "/" + id(key) + "/leaked", "{\"reason\":\"in a log\"}");
  }

  private Answer change(String secret, JsonObject key, String members) {
    return api.send(
        "PATCH",
        "/api/v1/api-keys/" + id(key),
        BodyPublishers.ofString("{" + members + "}"),
        "Authorization",
        "Bearer " + secret,
        "Content-Type",
        "application/json",
        "If-Match",
        "*");
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void noAnswerHandsTheSecretOfAWiderKeyToANarrowerKey(Dimension dimension) {
    String narrow = grantor(dimension);
    JsonObject wide = create(dimension.wide());

    dimension.assertRefuses(refresh(narrow, wide));
    dimension.assertRefuses(leaked(narrow, wide));
    if (!dimension.fixed()) {
      dimension.assertRefuses(change(narrow, wide, dimension.narrow()));
    }
    assertThat(api.me(wide.getString("secret")).status()).as("nothing was stopped").isEqualTo(200);
    String successor = Manager.ok(refresh(manager.key().secret(), wide), 200).getString("secret");
    dimension.assertRefuses(refresh(narrow, wide));
    assertThat(api.me(successor).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void keyThatIsAsWideIsGivenTheSecret(Dimension dimension) {
    String grantor = grantor(dimension);

    JsonObject like = create(dimension.narrow());
    String second = Manager.ok(refresh(grantor, like), 200).getString("secret");
    assertThat(Manager.ok(refresh(grantor, like), 200).getString("secret")).isEqualTo(second);
    assertThat(Manager.ok(leaked(grantor, like), 200).getString("secret")).isNotEqualTo(second);
  }

  @ParameterizedTest
  @MethodSource("dimensions")
  void creationIsNotAnsweredAgainWhereTheKeyHasBecomeWider(Dimension dimension) {
    if (dimension.fixed()) {
      return;
    }
    String narrow = grantor(dimension);
    String name = "child " + UUID.randomUUID();
    String body = "{\"name\":\"" + name + "\"," + dimension.narrow() + "}";
    String[] once = {"Idempotency-Key", "once"};
    JsonObject child = Manager.ok(manager.as(narrow, "", body, once), 201);
    assertThat(Manager.ok(manager.as(narrow, "", body, once), 201)).isEqualTo(child);
    Manager.ok(manager.change(id(child), "{" + dimension.wide() + "}"), 200);

    dimension.assertRefuses(manager.as(narrow, "", body, once));
    assertThat(control.actionsOn(name).stream().filter("API_KEY_CREATION_REPEATED"::equals))
        .hasSize(1);
  }

  @Test
  void keyThatIsNarrowedWhileItAsksIsNarrow() {
    JsonObject self = create(OWN_SCOPES + "\"burst\":null");
    String grantor = self.getString("secret");
    JsonObject other = create("\"burst\":null");
    Manager.ok(refresh(grantor, other), 200);

    Manager.ok(manager.change(id(self), "{\"networks\":[\"127.0.0.0/8\"]}"), 200);

    assertProblem(refresh(grantor, other), 403, "forbidden");
  }

  @Test
  void narrowKeyStillRefreshesItself() {
    JsonObject self =
        create(
            "\"scopes\":[\"api-keys:manage\",\"api-keys:refresh-self\"],"
                + "\"networks\":[\"127.0.0.1\"],\"environment\":\"test\"");

    String next =
        Manager.ok(manager.as(self.getString("secret"), "/self/refresh", "{\"replaces\":1}"), 200)
            .getString("secret");
    assertThat(
            Manager.ok(manager.as(next, "/" + id(self) + "/refresh", "{\"replaces\":2}"), 200)
                .getString("secret"))
        .matches(SECRET);
  }
}
