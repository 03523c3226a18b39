package io.keyturn.console.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pages on which people look after suppliers. */
class SupplierPagesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Control CONTROL = SERVER.control();
  private static final String PASSWORD = "correct horse battery";
  private static final String PATH = "/suppliers";
  private static final String UPDATED = "head messages facts decide changes data";

  private static String organisation = "";
  private static Visitor manager = new Visitor(SERVER);

  @BeforeAll
  static void signIn() {
    organisation = CONTROL.organisation();
    manager = person("SUPPLIER_MANAGER");
  }

  private static Visitor person(String role) {
    String email = role.toLowerCase(Locale.ROOT) + "@" + organisation;
    CONTROL.user(organisation, email, role, PASSWORD);
    return new Visitor(SERVER).signIn(email, PASSWORD);
  }

  private static Map<String, String> data(String name) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("data:name", name);
    for (String empty :
        new String[] {
          "legal-name",
          "number",
          "external-id",
          "website",
          "industry",
          "currency",
          "payment-terms",
          "language",
          "onboarding-status",
          "tags",
          "description"
        }) {
      fields.put("data:" + empty, "");
    }
    return fields;
  }

  private static Page save(Page page, Map<String, String> fields) {
    return manager.press(page, "data", "data:save", fields, UPDATED);
  }

  /** Creates a supplier; answers its page. */
  private static Page created(String name) {
    Page answer = save(manager.open("/supplier"), data(name));
    return manager.open(answer.group("redirect url=\"([^\"]+)\""));
  }

  private static Page decide(Page page, String button, String reason) {
    return manager.press(
        page, "decision", "decision:" + button, Map.of("decision:reason", reason), UPDATED);
  }

  @Test
  void supplierIsCreatedFoundAndChanged() {
    Page page = created("Éclair <Freight>");
    assertThat(page.html()).contains("Éclair &lt;Freight&gt;").contains("unapproved");

    assertThat(manager.open(PATH + "?q=eclair+%3Cfr").html()).contains("Éclair &lt;Freight&gt;");
    assertThat(manager.open(PATH + "?q=nowhere").html()).contains("No supplier matches");

    Map<String, String> fields = data("Éclair Freight");
    fields.put("data:number", page.group("id=\"data:number\"[^>]*value=\"([^\"]+)\""));
    fields.put("data:currency", "EUR");
    fields.put("data:tags", "sea, freight");
    assertThat(save(page, fields).html()).contains("was saved.");
    assertThat(manager.open(page.uri().getPath() + "?" + page.uri().getQuery()).html())
        .contains("value=\"EUR\"")
        .contains("value=\"sea, freight\"")
        .contains("<code>currency</code>");
  }

  @Test
  void eachFieldAtFaultGetsItsMessageAndNothingIsSaved() {
    Map<String, String> fields = data(" ");
    fields.put("data:currency", "XYZ1");
    fields.put("data:website", "javascript:alert(1)");

    assertThat(save(manager.open("/supplier"), fields).html())
        .contains("data:name")
        .contains("Currency ")
        .contains("must be an address such as")
        .doesNotContain("redirect");
  }

  @Test
  void supplierIsRejectedWithAReasonSubmittedAgainAndApproved() {
    Page page = created("Decided " + organisation);

    assertThat(decide(page, "reject", "").html()).contains("Reason ");
    assertThat(decide(page, "reject", "no contract").html()).contains("is rejected now");
    Page rejected = manager.open("/supplier?" + page.uri().getQuery());
    assertThat(rejected.html()).contains("Reason: no contract").doesNotContain("decision:approve");
    assertThat(decide(rejected, "submit", "").html()).contains("is unapproved now");
    Page again = manager.open("/supplier?" + page.uri().getQuery());
    assertThat(again.html()).contains("approval asked for");
    assertThat(decide(again, "approve", "").html()).contains("is active now");
    assertThat(manager.open(PATH + "?status=active&q=decided").html()).contains("Decided");
  }

  @Test
  void changeOfAnOldPageIsNotSavedOverAnotherChange() {
    Page old = created("Twice " + organisation);
    String number = old.group("id=\"data:number\"[^>]*value=\"([^\"]+)\"");
    Page other = manager.open("/supplier?" + old.uri().getQuery());
    Map<String, String> fields = data("Twice B");
    fields.put("data:number", number);
    assertThat(save(other, fields).html()).contains("was saved");

    fields.put("data:name", "Twice C");
    assertThat(save(old, fields).html()).contains("somebody else has changed this supplier");
    assertThat(manager.open(PATH + "?q=twice").html())
        .contains("Twice B")
        .doesNotContain("Twice C");
  }

  @Test
  void viewerSeesAndCannotActAndOthersSeeNothing() {
    Page managers = created("Seen " + organisation);
    Visitor viewer = person("VIEWER");
    String address = "/supplier?" + managers.uri().getQuery();

    assertThat(viewer.open("/").path()).isEqualTo(PATH);
    assertThat(viewer.open(PATH).html()).contains("Seen").doesNotContain("New Supplier");
    assertThat(viewer.open(address).html()).contains("Seen").doesNotContain("data:save");
    assertThat(viewer.open("/supplier").status()).isGreaterThanOrEqualTo(400);
    assertThat(
            viewer.press(managers, "decision", "decision:archive", Map.of(), "messages").status())
        .isGreaterThanOrEqualTo(400);

    String elsewhere = CONTROL.organisation();
    CONTROL.user(elsewhere, "other@" + elsewhere, "ADMINISTRATOR", PASSWORD);
    Visitor stranger = new Visitor(SERVER).signIn("other@" + elsewhere, PASSWORD);
    assertThat(stranger.open(address).status()).isEqualTo(404);
    assertThat(stranger.open(PATH).html()).doesNotContain("Seen");
  }

  @Test
  void filterThatCannotBeIsNamed() {
    assertThat(manager.open(PATH + "?country=Atlantis").html()).contains("country: ");
    assertThat(manager.open(PATH + "?cursor=x").html()).contains("cursor: ");
  }
}
