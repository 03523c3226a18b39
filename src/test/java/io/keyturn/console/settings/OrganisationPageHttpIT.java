package io.keyturn.console.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page on which administrators change their own organisation. */
class OrganisationPageHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Control CONTROL = SERVER.control();
  private static final String PASSWORD = "correct horse battery";
  private static final String PATH = "/settings/organisation";

  private String organisation = "";
  private Visitor administrator = new Visitor(SERVER);

  @BeforeEach
  void createOrganisation() {
    organisation = CONTROL.organisation();
    CONTROL.user(organisation, "admin@" + organisation, "ADMINISTRATOR", PASSWORD);
    administrator = new Visitor(SERVER).signIn("admin@" + organisation, PASSWORD);
  }

  private Page press(String form, String button, Map<String, String> fields) {
    return administrator.press(
        administrator.open(PATH), form, form + ":" + button, fields, "messages");
  }

  private long count(String condition) {
    return CONTROL
        .sql(
            "SELECT 1 FROM credential WHERE %s AND organisation_id = (SELECT id FROM organisation"
                    .formatted(condition)
                + " WHERE domain = '%s')".formatted(organisation))
        .size();
  }

  private long events(String action) {
    return CONTROL
        .sql(
            "SELECT 1 FROM audit_event WHERE action = '%s' AND organisation_id = (SELECT id FROM"
                    .formatted(action)
                + " organisation WHERE domain = '%s')".formatted(organisation))
        .size();
  }

  @Test
  void nameIsChangedAndABadOneGetsAMessageAtItsField() {
    assertThat(press("form", "save", Map.of("form:name", "Acme <b>Ltd</b>")).html())
        .contains("The name was saved");
    assertThat(administrator.open(PATH).html())
        .contains("Acme &lt;b&gt;Ltd&lt;/b&gt;")
        .doesNotContain("<b>Ltd");
    assertThat(events("ORGANISATION_RENAMED")).isEqualTo(1);

    Page bad =
        administrator.press(
            administrator.open(PATH), "form", "form:save", Map.of("form:name", " "), "form:panel");
    assertThat(bad.html()).contains("must have 1 to 200 characters");
    assertThat(events("ORGANISATION_RENAMED")).isEqualTo(1);
  }

  @Test
  void domainCannotBeChanged() {
    press("form", "save", Map.of("form:name", "x", "form:domain", "demo2"));

    assertThat(CONTROL.sql("SELECT id FROM organisation WHERE domain = 'demo2'")).isEmpty();
  }

  @Test
  void strictModeDestroysTheSealedSecretsAtOnceAndTheKeysGoOn() {
    Key key = CONTROL.key(Control.wish().in(organisation));
    assertThat(count("sealed IS NOT NULL")).isEqualTo(1);

    assertThat(press("switch-on", "confirm", Map.of()).html()).contains("Strict mode is on");

    assertThat(count("sealed IS NOT NULL")).isZero();
    assertThat(count("data_key_id IS NOT NULL")).isZero();
    assertThat(CONTROL.tryReveal(key).status()).isEqualTo(409);
    assertThat(SERVER.api().me(key.secret()).status()).isEqualTo(200);
    Key next = CONTROL.refresh(key, Duration.ZERO);
    assertThat(count("sealed IS NOT NULL")).isZero();
    assertThat(SERVER.api().me(next.secret()).status()).isEqualTo(200);
    assertThat(events("ORGANISATION_MADE_STRICT")).isEqualTo(1);

    press("switch-off", "confirm", Map.of());
    Page keys = administrator.open("/settings/api-authentication");
    assertThat(administrator.pressInRow(keys, "data-key", next.id(), "copy", "messages").html())
        .contains("This secret was created while the organisation kept no secrets.");
    CONTROL.refresh(next, Duration.ZERO);
    assertThat(count("sealed IS NOT NULL")).isEqualTo(1);
    assertThat(events("ORGANISATION_MADE_LENIENT")).isEqualTo(1);
  }

  @Test
  void whoLacksThePermissionGetsNeitherPageNorDeed() {
    Page page = administrator.open(PATH);
    String email = "keys@" + organisation;
    CONTROL.user(organisation, email, "KEY_MANAGER", PASSWORD);
    Visitor other = new Visitor(SERVER).signIn(email, PASSWORD);

    assertThat(other.open(PATH).status()).isEqualTo(403);
    assertThat(other.press(page, "switch-on", "switch-on:confirm", Map.of(), "messages").status())
        .isGreaterThanOrEqualTo(400);
    assertThat(events("ORGANISATION_MADE_STRICT")).isZero();
  }
}
