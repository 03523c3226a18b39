package io.keyturn.console.settings;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the dialog Refresh says before and after. */
class RefreshDialogHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private Key key;
  private Visitor administrator;
  private Page page;

  @BeforeEach
  void openPage() {
    key = control.key(Control.wish().in(organisation));
    String email = "admin@" + organisation + ".example";
    control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
    administrator = new Visitor(SERVER).signIn(email, PASSWORD);
    page = administrator.open("/settings/api-authentication");
  }

  private String choose() {
    return choose(administrator, page);
  }

  private String choose(Visitor visitor, Page page) {
    return visitor.pressInRow(page, "data-key", key.id(), "refresh", "refresh-dialog").html();
  }

  private String confirm(boolean keep) {
    return confirm(administrator, page, keep);
  }

  private static String confirm(Visitor visitor, Page page, boolean keep) {
    return visitor
        .press(
            page,
            "refresh",
            "refresh:confirm",
            Map.of("refresh:keep", Boolean.toString(keep), "refresh:grace", "PT4H"),
            "messages keys:table")
        .html();
  }

  @Test
  void oldSecretThatIsStoppedOrKeptIsSaidToBe() {
    choose();
    assertThat(confirm(true))
        .containsPattern(
            "was refreshed\\. The old secret works until 20[0-9-]{8} [0-9:]{5} UTC\\.");
    assertThat(api.me(key.secret()).status()).isEqualTo(200);

    choose();
    assertThat(confirm(false)).contains("was refreshed. The old secret no longer works.");
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
    assertThat(control.reveal(key).number()).isEqualTo(3);
  }

  @Test
  void oldSecretThatSomebodyElseKeptMeanwhileIsNotSaidToBeStopped() {
    choose();
    control.refresh(key, Duration.ofHours(5));

    assertThat(confirm(false))
        .containsPattern(
            "was refreshed meanwhile, and was not refreshed again\\."
                + " The previous secret works until 20[0-9-]{8} [0-9:]{5} UTC\\."
                + " To stop it now, refresh once more\\.")
        .doesNotContain("no longer works");
    assertThat(control.reveal(key).number()).isEqualTo(2);
    assertThat(api.me(key.secret()).status()).isEqualTo(200);

    choose();
    assertThat(confirm(false)).contains("was refreshed. The old secret no longer works.");
    Eventually.within1s(() -> assertProblem(api.me(key.secret()), 401, "secret_refreshed"));
  }

  @Test
  void oldSecretThatSomebodyElseStoppedMeanwhileIsSaidToBe() {
    choose();
    control.refresh(control.refresh(key, Duration.ofHours(5)), Duration.ZERO);

    assertThat(confirm(true))
        .contains("was refreshed meanwhile, and was not refreshed again.")
        .contains("The previous secret no longer works.");
    assertThat(control.reveal(key).number()).isEqualTo(3);
  }

  @Test
  void ofTwoWhoConfirmAtTheSameTimeOneRefreshes() throws Exception {
    String email = "second@" + organisation + ".example";
    control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
    Visitor second = new Visitor(SERVER).signIn(email, PASSWORD);
    Page secondPage = second.open("/settings/api-authentication");
    ExecutorService threads = Executors.newFixedThreadPool(2);
    for (int round = 1; round <= 5; round++) {
      choose();
      choose(second, secondPage);
      List<Future<String>> answers =
          threads.invokeAll(
              List.of(
                  () -> confirm(administrator, page, true),
                  () -> confirm(second, secondPage, true)));

      assertThat(List.of(answers.get(0).get(), answers.get(1).get()))
          .as("each is told what became of the secret that they saw")
          .satisfiesOnlyOnce(html -> assertThat(html).contains("was refreshed. The old secret"))
          .satisfiesOnlyOnce(html -> assertThat(html).contains("was not refreshed again."));
      assertThat(control.reveal(key).number()).isEqualTo(round + 1);
    }
    threads.shutdown();
  }

  private void call(String userAgent) {
    assertThat(
            api.send(
                    "GET",
                    "/api/v1/me",
                    "Authorization",
                    "Bearer " + key.secret(),
                    "User-Agent",
                    userAgent)
                .status())
        .isEqualTo(200);
  }

  @Test
  void dialogSaysHowManyClientsUsedTheCurrentSecret() {
    String used = " used the current secret in the last day";
    assertThat(choose()).contains("No client" + used + ".");

    call("erp/1");
    Eventually.within(
        SOON,
        () ->
            assertThat(choose()).contains("One client" + used + ", and must get the new secret."));
    call("erp/1");
    call("erp/2");
    Eventually.within(
        SOON,
        () -> assertThat(choose()).contains("2 clients" + used + ", and must get the new secret."));

    control.refresh(key, Duration.ZERO);
    assertThat(choose()).contains("No client" + used + ".");
  }

  @Test
  void clientsBeyondFiftyAreNotSaidToBeOneMore() {
    for (int i = 0; i < 60; i++) {
      call("agent " + i);
    }

    Eventually.within(
        SOON,
        () ->
            assertThat(choose())
                .contains("More than 50 clients used the current secret in the last day"));
  }
}
