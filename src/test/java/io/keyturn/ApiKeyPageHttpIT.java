package io.keyturn;

import static io.keyturn.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.Control.Key;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a key, and stopping leaked secrets on the pages. */
class ApiKeyPageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private Key key;
  private Visitor administrator;

  @BeforeEach
  void signIn() {
    key = control.key(Control.wish().in(organisation));
    administrator = visitor("ADMINISTRATOR");
  }

  private Visitor visitor(String role) {
    String email = UUID.randomUUID() + "@" + organisation + ".example";
    control.user(organisation, email, role, PASSWORD);
    return new Visitor(SERVER).signIn(email, PASSWORD);
  }

  private static String path(Key key) {
    return "/settings/api-key?id=" + key.id();
  }

  private String column(String column) {
    return control
        .sql("SELECT %s AS x FROM api_key WHERE id = '%s'".formatted(column, key.id()))
        .get(0)
        .getString("x");
  }

  @Test
  void pageTellsAboutTheKeyButNotItsSecret() {
    HttpResponse<String> page = administrator.get(path(key));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains(key.name()).contains("every 24 hours");
    assertThat(page.body()).contains(key.secret().substring(key.secret().length() - 4));
    assertThat(page.body()).doesNotContain(key.secret());
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
  }

  @Test
  void keyOfAnotherOrganisationIsNotFound() {
    Key other = control.key(Control.wish().in(control.organisation()));

    for (String id : List.of(other.id(), UUID.randomUUID().toString(), "x", "")) {
      HttpResponse<String> page = administrator.get("/settings/api-key?id=" + id);
      assertThat(page.statusCode()).as(id).isEqualTo(404);
      assertThat(page.body()).doesNotContain(other.name());
    }
    assertThat(administrator.get("/settings/api-key").statusCode()).isEqualTo(404);
  }

  @Test
  void pageIsClosedToWhoMayNotSeeKeys() {
    assertThat(visitor("VIEWER").get(path(key)).statusCode()).isEqualTo(403);
  }

  @Test
  void policyIsSaved() {
    HttpResponse<String> saved =
        administrator.press(
            path(key),
            "policy:save",
            Map.of(
                "policy:interval", "12",
                "policy:interval-unit", "hours",
                "policy:grace", "30",
                "policy:grace-unit", "minutes"));

    assertThat(saved.body()).contains("was saved").contains("every 12 hours");
    assertThat(column("refresh_interval_seconds")).isEqualTo("43200");
    assertThat(column("grace_period_seconds")).isEqualTo("1800");
    assertThat(api.me(key.secret()).status()).isEqualTo(200);
  }

  @Test
  void policyOutOfBoundsIsSaidAtItsField() {
    Map<String, Map<String, String>> wrong =
        Map.of(
            "The interval must be from 1 hour to 90 days.",
                Map.of("policy:interval", "91", "policy:interval-unit", "days"),
            "The interval must be a whole number.",
                Map.of("policy:interval", "daily", "policy:interval-unit", "days"),
            "The grace period must be from 0 to 24 hours.",
                Map.of("policy:grace", "25", "policy:grace-unit", "hours"),
            "The grace period must not be longer than the refresh interval.",
                Map.of(
                    "policy:interval", "2",
                    "policy:interval-unit", "hours",
                    "policy:grace", "3",
                    "policy:grace-unit", "hours"));
    wrong.forEach(
        (message, fields) -> {
          Map<String, String> all =
              new java.util.HashMap<>(
                  Map.of(
                      "policy:interval", "24",
                      "policy:interval-unit", "hours",
                      "policy:grace", "1",
                      "policy:grace-unit", "hours"));
          all.putAll(fields);
          assertThat(administrator.press(path(key), "policy:save", all).body()).contains(message);
        });
    assertThat(column("refresh_interval_seconds")).isEqualTo("86400");
  }

  @Test
  void leakedSecretIsStoppedForAReason() {
    Key second = control.refresh(key, Duration.ofHours(5));

    HttpResponse<String> unexplained =
        administrator.press(path(key), "leaked:confirm", Map.of("leaked:reason", " "));
    assertThat(unexplained.body()).contains("Reason must be given.");
    assertThat(api.me(second.secret()).status()).isEqualTo(200);

    administrator.press(path(key), "leaked:confirm", Map.of("leaked:reason", "in a public log"));

    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    Eventually.within1s(() -> assertProblem(api.me(second.secret()), 401, "secret_refreshed"));
    assertThat(
            control.sql(
                "SELECT details FROM audit_event WHERE action = 'API_KEY_LEAKED' AND subject_id = '%s'"
                    .formatted(key.id())))
        .singleElement()
        .asString()
        .contains("in a public log");
  }

  @Test
  void allKeysAreStoppedByWhoTypesTheirNumber() {
    Key other = control.key(Control.wish().in(organisation));
    Key foreign = control.key(Control.wish().in(control.organisation()));
    String page = "/settings/api-authentication";

    HttpResponse<String> wrong =
        administrator.press(
            page, "leaked:confirm", Map.of("leaked:reason", "stolen", "leaked:typed", "3"));
    assertThat(wrong.body()).contains("Type 2, the number of keys.");
    assertThat(api.me(key.secret()).status()).isEqualTo(200);

    HttpResponse<String> done =
        administrator.press(
            page, "leaked:confirm", Map.of("leaked:reason", "stolen", "leaked:typed", "2"));

    assertThat(done.body()).contains("The secrets of 2 keys were stopped.");
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    Eventually.within1s(() -> assertProblem(api.me(other.secret()), 401, "secret_refreshed"));
    assertThat(api.me(foreign.secret()).status()).isEqualTo(200);
    assertThat(api.me(control.reveal(other).secret()).status()).isEqualTo(200);
  }

  @Test
  void whoWouldBreakIsShownWithoutTrust() {
    String agent = "<script>alert(1)</script>";
    api.send("GET", "/api/v1/me", "Authorization", "Bearer " + key.secret(), "User-Agent", agent);

    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(administrator.get(path(key)).body())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain(agent));
    control.refresh(key, Duration.ofHours(1));
    assertThat(administrator.get(path(key)).body())
        .contains("Who still uses the retired secret")
        .contains("Nobody, since the refresh.");
    Eventually.within1s(
        () -> assertThat(api.me(key.secret()).header("X-API-Key-Retired-At")).isPresent());
    Eventually.within(
        Duration.ofSeconds(20),
        () ->
            assertThat(administrator.get(path(key)).body())
                .doesNotContain("Nobody, since the refresh."));
  }
}
