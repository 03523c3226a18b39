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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On pages, nobody gets the secret of a key that may do more than they; stopping it they may. */
class GreaterKeysHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PASSWORD = "a password of many words";
  private static final String LIST = "/settings/api-authentication";
  private static final String SECRET = "kt_live_[0-9A-Za-z]{49}";
  private static final String RENEWAL = "kt_renew_[0-9A-Za-z]{49}";
  private static final String REFUSED =
      "You cannot get the secret of a key that may do more than you: the scope audit-log:read.";
  private static final String NOT_SHOWN = "Its new secret is not shown to you";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private Key greater;
  private Visitor manager;

  @BeforeEach
  void signIn() {
    greater = control.key(Control.wish().in(organisation).scopes("suppliers:read audit-log:read"));
    manager = visitor("KEY_MANAGER");
  }

  private Visitor visitor(String role) {
    String email = UUID.randomUUID() + "@" + organisation + ".example";
    control.user(organisation, email, role, PASSWORD);
    return new Visitor(SERVER).signIn(email, PASSWORD);
  }

  private void strict() {
    control.sql("UPDATE organisation SET strict = TRUE WHERE domain = '" + organisation + "'");
  }

  @Test
  void showAndCopyHandOutWhatThePersonMayDoAndNoMore() {
    Key own = control.key(Control.wish().in(organisation));
    Page page = manager.open(LIST);

    for (String button : List.of("show", "copy")) {
      assertThat(manager.pressInRow(page, "data-key", greater.id(), button, "messages").html())
          .contains(REFUSED)
          .doesNotContainPattern(SECRET);
      assertThat(manager.pressInRow(page, "data-key", own.id(), button, "messages").html())
          .contains(own.secret());
    }
    assertThat(control.actionsOn(greater.name())).containsExactly("API_KEY_CREATED");
  }

  private Page renewal(Visitor visitor, String button) {
    Page page = visitor.open("/settings/api-key?tab=renewal&id=" + greater.id());
    String form = button.substring(0, button.indexOf(':'));
    return visitor.press(
        page, form, button, Map.of("renewal:networks", ""), "messages renewal:panel");
  }

  @Test
  void renewalCredentialOfAGreaterKeyIsNotHandedOutButSwitchedOff() {
    assertThat(renewal(manager, "renewal:on").html())
        .contains(REFUSED)
        .doesNotContainPattern(RENEWAL);
    assertThat(renewal(visitor("ADMINISTRATOR"), "renewal:on").html()).containsPattern(RENEWAL);
    assertThat(renewal(manager, "replace:confirm").html())
        .contains(REFUSED)
        .doesNotContainPattern(RENEWAL);
    assertThat(renewal(manager, "off:confirm").html()).contains("Renewal was switched off.");

    assertThat(control.actionsOn(greater.name()))
        .containsExactly("API_KEY_CREATED", "RENEWAL_SWITCHED_ON", "RENEWAL_SWITCHED_OFF");
  }

  private Page refresh(Visitor visitor) {
    Page page = visitor.open(LIST);
    visitor.pressInRow(page, "data-key", greater.id(), "refresh", "refresh-dialog");
    return visitor.press(
        page, "refresh", "refresh:confirm", Map.of("refresh:keep", "false"), "messages keys:table");
  }

  @Test
  void secretThatIsShownOnceIsShownToWhoMayDoAsMuchOnly() {
    strict();
    Key lasting = control.refresh(greater, Duration.ZERO);

    assertThat(refresh(manager).html())
        .contains("was refreshed. The old secret no longer works.")
        .contains(NOT_SHOWN)
        .doesNotContainPattern(SECRET);
    Eventually.within1s(() -> assertProblem(api.me(lasting.secret()), 401, "secret_refreshed"));
    assertThat(refresh(visitor("ADMINISTRATOR")).html())
        .containsPattern(SECRET)
        .doesNotContain(NOT_SHOWN);
  }

  @Test
  void leakedSecretOfAGreaterKeyIsStoppedByWhoMayNotSeeTheNext() {
    strict();
    Key leaked = control.refresh(greater, Duration.ZERO);
    Page page = manager.open("/settings/api-key?id=" + greater.id());
    manager.pressInRow(page, "data-key", greater.id(), "stop", "stop-dialog");

    Page done =
        manager.press(
            page,
            "stop",
            "stop:confirm",
            Map.of("stop:reason", "in a public log"),
            "stop:panel messages");

    assertThat(done.html())
        .contains("were stopped. It has a new secret.")
        .contains(NOT_SHOWN)
        .doesNotContainPattern(SECRET);
    Eventually.within1s(() -> assertProblem(api.me(leaked.secret()), 401, "secret_refreshed"));
  }
}
