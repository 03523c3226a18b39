package io.keyturn.console;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.KeyturnServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that fail say of it what the API says. */
class PageFailuresHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private static Answer page(String failure) {
    return get(failure, "text/html");
  }

  private static Answer get(String failure, String accept) {
    return SERVER.api().send("GET", "/test-control/failing-page/" + failure, "Accept", accept);
  }

  /** Under the id that the page shows. */
  private static void assertLogged(Answer page) {
    String id = page.header("X-Request-Id").orElseThrow();
    assertThat(page.body()).contains(id);
    assertThat(SERVER.logs()).contains("request " + id + " failed");
  }

  @Test
  void problemOfOursKeepsItsStatusAndSentence() {
    Answer page = page("unavailable");

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Retry-After")).contains("5");
    assertThat(page.body()).contains("<p>Too many at once.</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "stopping"})
  void lostDatabaseIsSaidToBeOne(String failure) {
    Answer page = page(failure);

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.header("Retry-After")).contains("5");
    assertThat(page.body())
        .contains("The database does not answer. Please retry.")
        .doesNotContain("nobody-may-see");
    assertLogged(page);
    assertProblem(get(failure, "application/json"), 503, "unavailable");
  }

  @Test
  void otherFailureSaysNothingOfItself() {
    Answer page = page("other");

    assertThat(page.status()).isEqualTo(500);
    assertThat(page.header("Retry-After")).isEmpty();
    assertThat(page.body()).doesNotContain("nobody-may-see").doesNotContain("inner");
    assertLogged(page);
  }

  @Test
  void nameInADetailIsText() {
    Answer page = page("named");

    assertThat(page.status()).isEqualTo(409);
    assertThat(page.body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co")
        .doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stateless",
        "",
        "!",
        "no base64 at all",
        "AAAA",
        "123:456",
        "-1:-1",
        "99999999999999999999:1",
        "a:b",
        "\u00e9"
      })
  void viewStateThatIsNoneOfOursIsNoLongerValid(String state) {
    int before = SERVER.log().length();
    for (String page : new String[] {"/login", "/api-documentation", "/invitation"}) {
      Answer answer =
          SERVER
              .api()
              .post(
                  page,
                  "application/x-www-form-urlencoded",
                  "form_SUBMIT=1&jakarta.faces.ViewState="
                      + URLEncoder.encode(state, StandardCharsets.UTF_8));

      assertThat(answer.status()).as(page + ": " + answer.body()).isBetween(200, 499);
    }
    assertThat(SERVER.log().substring(before)).doesNotContain("[ERROR");
  }
}
