package io.keyturn.apikey.rest;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.apikey.ApiKey;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.Credential;
import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import jakarta.json.JsonObject;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No write about keys takes a member that it does not name: every field is tried on each. */
class MassAssignmentHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final Manager manager = Manager.ofNewOrganisation(SERVER);

  /** All that entities and views of keys hold, as JSON would name it. */
  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    Stream.of(ApiKey.class, Credential.class)
        .flatMap(type -> Stream.of(type.getDeclaredFields()))
        .filter(field -> !field.isSynthetic())
        .map(Field::getName)
        .forEach(name -> names.add(snake(name)));
    Stream.of(ApiKeyRow.class.getRecordComponents())
        .map(RecordComponent::getName)
        .forEach(name -> names.add(snake(name)));
    names.addAll(Set.of("status", "secret", "created_by_id", "api_key", "class", "__proto__"));
    return names;
  }

  private static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String with(String body, String member) {
    String rest = body.equals("{}") ? "" : "," + body.substring(1, body.length() - 1);
    return "{\"" + member + "\":\"1\"" + rest + "}";
  }

  @Test
  void everyFieldThatIsNotNamedIsRefusedOnEachWrite() {
    JsonObject created = manager.create("fixed");
    String id = created.getJsonObject("api_key").getString("id");
    String before = manager.get("/" + id).body();
    Set<String> policy = Set.of("name", "scopes", "refresh_interval", "grace_period", "expires_at");
    Set<String> limits = Set.of("networks", "requests_per_minute", "burst", "requests_per_day");
    Map<String, String> bodies =
        Map.of(
            "",
            "{\"name\":\"other\"}",
            "/" + id,
            "{\"name\":\"fixed\"}",
            "/" + id + "/refresh",
            "{\"replaces\":1}",
            "/" + id + "/leaked",
            "{\"reason\":\"x\"}",
            "/" + id + "/revoke",
            "{\"reason\":\"x\"}",
            "/revoke",
            "{\"ids\":[\"" + id + "\"],\"reason\":\"x\"}");
    assertThat(names()).contains("organisation_id", "revoked_at", "row_mac", "version");

    bodies.forEach(
        (path, body) ->
            names().stream()
                .filter(name -> !body.contains("\"" + name + "\""))
                .filter(
                    name ->
                        !(path.isEmpty() || path.equals("/" + id))
                            || !(policy.contains(name)
                                || limits.contains(name)
                                || (path.isEmpty() && name.equals("environment"))))
                .filter(name -> !(path.endsWith("/refresh") && name.equals("grace_period")))
                .forEach(
                    name -> {
                      String sent = with(body, name);
                      Api.Answer answer =
                          path.equals("/" + id)
                              ? manager.change(id, sent)
                              : manager.post(path, sent);
                      assertProblem(answer, 422, "invalid");
                      assertThat(answer.json().getJsonArray("errors").toString())
                          .as(path + " " + sent)
                          .contains("\"" + name + "\"");
                    }));

    assertThat(manager.get("/" + id).body()).isEqualTo(before);
    assertThat(api.me(created.getString("secret")).status()).isEqualTo(200);
    assertThat(control.sql("SELECT 1 FROM api_key WHERE name = 'other'")).isEqualTo(List.of());
  }
}
