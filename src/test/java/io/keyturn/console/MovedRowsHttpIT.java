package io.keyturn.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages whose rows have moved since they were opened, for others create and revoke meanwhile. */
class MovedRowsHttpIT {
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
    administrator = new Visitor(SERVER).signIn(person("admin"), PASSWORD);
  }

  private String person(String name) {
    String email = name + "@" + organisation + ".example";
    control.user(organisation, email, "ADMINISTRATOR", PASSWORD);
    return email;
  }

  private Page keys() {
    return administrator.open("/settings/api-authentication");
  }

  private Key another() {
    return control.key(Control.wish().in(organisation));
  }

  private Page press(Page page, String button, String render) {
    return administrator.pressInRow(page, "data-key", key.id(), button, render);
  }

  @Test
  void secretOfTheKeyThatWasPressedIsHandedOutAndNoOther() {
    Page page = keys();
    Key newer = another();

    for (String button : new String[] {"copy", "show"}) {
      Page answer = press(page, button, "messages");
      assertThat(answer.html()).contains(key.secret()).doesNotContain(newer.secret());
    }
    assertThat(control.actionsOn(key.name()))
        .containsExactly("API_KEY_CREATED", "API_KEY_REVEALED", "API_KEY_REVEALED");
    assertThat(control.actionsOn(newer.name())).containsExactly("API_KEY_CREATED");
  }

  @Test
  void dialogsAreAboutTheKeyThatWasPressed() {
    Page page = keys();
    Key newer = another();

    Page refresh = press(page, "refresh", "refresh-dialog");
    assertThat(refresh.html()).contains(key.name()).doesNotContain(newer.name());
    administrator.press(
        page, "refresh", "refresh:confirm", Map.of("refresh:keep", "false"), "messages keys:table");
    assertThat(control.reveal(key).number()).isEqualTo(2);
    Page revoke = press(page, "revoke", "revoke-dialog");
    assertThat(revoke.html()).contains(key.name()).doesNotContain(newer.name());
    administrator.press(page, "revoke", "revoke:confirm", Map.of(), "messages keys:table");

    assertThat(control.actionsOn(key.name())).endsWith("API_KEY_REVOKED");
    assertThat(control.actionsOn(newer.name())).containsExactly("API_KEY_CREATED");
    assertThat(api.me(newer.secret()).status()).isEqualTo(200);
  }

  @Test
  void keyThatWasRevokedMeanwhileIsSaidToBeAndNothingElseIsTouched() {
    Key newer = another();
    Page page = keys();
    control.revoke(key);

    for (String button : new String[] {"copy", "show", "refresh", "revoke"}) {
      Page answer = press(page, button, "messages");
      assertThat(answer.html())
          .contains("was revoked meanwhile.")
          .contains("validationFailed")
          .doesNotContain(key.secret())
          .doesNotContain(newer.secret());
    }
    administrator.press(page, "refresh", "refresh:confirm", Map.of(), "messages keys:table");
    administrator.press(page, "revoke", "revoke:confirm", Map.of(), "messages keys:table");
    assertThat(control.actionsOn(newer.name())).containsExactly("API_KEY_CREATED");
  }

  @Test
  void keyOfAnotherOrganisationIsNotFoundByItsId() {
    Key foreign = control.key();

    for (String id : new String[] {foreign.id(), UUID.randomUUID().toString(), "x"}) {
      Page answer =
          administrator.press(
              keys(), "keys", "keys:act", Map.of("row", id, "act", "copy"), "messages");
      assertThat(answer.html())
          .contains("There is no such API key.")
          .doesNotContain(foreign.secret());
    }
    assertThat(control.actionsOn(foreign.name())).containsExactly("API_KEY_CREATED");
  }

  @Test
  void dialogIsAboutThePersonThatWasPressed() {
    String last = person("zoe");
    Page page = administrator.open("/settings/users");
    String first = person("aaron");

    Page dialog =
        administrator.pressInRow(page, "data-user", last, "deactivate", "deactivate-dialog");
    assertThat(dialog.html()).contains("Deactivate " + last).doesNotContain(first);
    administrator.press(page, "deactivate", "deactivate:confirm", Map.of(), "messages users:table");

    assertThat(new Visitor(SERVER).trySignIn(last, PASSWORD).path()).isEqualTo("/login");
    new Visitor(SERVER).signIn(first, PASSWORD);
  }

  @Test
  void dialogIsAboutTheRoleThatWasPressed() {
    role("Zoologist");
    Page page = administrator.open("/settings/roles");
    role("Astronomer");

    Page editor = administrator.pressInRow(page, "data-role", "Zoologist", "change", "edit");
    assertThat(editor.html()).contains("value=\"Zoologist\"").doesNotContain("Astronomer");
    Page dialog =
        administrator.pressInRow(page, "data-role", "Zoologist", "delete", "delete-dialog");
    assertThat(dialog.html()).contains("Zoologist");
    administrator.press(page, "delete", "delete:confirm", Map.of(), "messages roles:table");

    assertThat(administrator.open("/settings/roles").html())
        .contains("data-role=\"Astronomer\"")
        .doesNotContain("data-role=\"Zoologist\"");
  }

  private void role(String name) {
    Page roles = administrator.open("/settings/roles");
    Page editor = administrator.press(roles, "begin", "begin:begin", Map.of(), "edit");
    String box = editor.group("id=\"(editor:modules:1:scopes:0:scope)\"");
    administrator.press(
        roles, "editor", "editor:save", Map.of("editor:name", name, box, "true"), "edit messages");
  }
}
