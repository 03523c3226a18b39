package io.keyturn.console.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Multipart;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
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
  private static int people;
  private static Visitor manager = new Visitor(SERVER);

  @BeforeAll
  static void signIn() {
    organisation = CONTROL.organisation();
    manager = person("SUPPLIER_MANAGER");
  }

  private static Visitor person(String role) {
    String email =
        role.toLowerCase(Locale.ROOT) + (people++ == 0 ? "" : people) + "@" + organisation;
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
  void valuesThatAnotherSupplierHasAreToldWithAllOtherFaults() {
    Map<String, String> holder = data("Holder " + organisation);
    holder.put("data:number", "TAKEN-1");
    holder.put("data:external-id", "taken-erp-1");
    assertThat(save(manager.open("/supplier"), holder).html()).contains("redirect");

    Map<String, String> fields = data(" ");
    fields.put("data:number", "TAKEN-1");
    fields.put("data:external-id", " taken-erp-1");
    fields.put("data:currency", "XYZ1");
    fields.put("data:scores-risk", "low");
    Page answer = save(manager.open("/supplier"), fields);
    assertThat(answer.html())
        .doesNotContain("redirect")
        .contains("Name must be given.")
        .contains("Currency ")
        .contains("Risk ");
    assertThat(answer.html().split(Pattern.quote("(TAKEN-1, unapproved) has the same already.")))
        .as("number and external id")
        .hasSize(3);
  }

  @Test
  void supplierIsRejectedWithAReasonSubmittedAgainAndApproved() {
    Page page = created("Decided " + organisation);

    assertThat(decide(page, "reject", "").html()).contains("Reason ");
    assertThat(page.html()).containsPattern("id=\"decision:reason\"[^>]*maxlength=\"500\"");
    assertThat(decide(page, "reject", "x".repeat(501)).html()).contains("Reason ");
    assertThat(decide(page, "reject", "no contract").html()).contains("is rejected now");
    Page rejected = manager.open("/supplier?" + page.uri().getQuery());
    assertThat(rejected.html()).contains("Reason: no contract").doesNotContain("decision:approve");
    assertThat(decide(rejected, "submit", "").html()).contains("is unapproved now");
    Page again = manager.open("/supplier?" + page.uri().getQuery());
    assertThat(again.html()).contains("approval asked for");
    assertThat(decide(again, "approve", "").html()).contains("is active now");
    assertThat(manager.open(PATH + "?status=active&q=decided").html()).contains("Decided");

    Page active = manager.open("/supplier?" + page.uri().getQuery());
    assertThat(decide(active, "archive", "bankrupt <2026>").html()).contains("is archived now");
    assertThat(manager.open("/supplier?" + page.uri().getQuery()).html())
        .as("what was done, and why")
        .contains("archived", "Reason: bankrupt &lt;2026&gt;", "Reason: no contract");
  }

  @Test
  void changeOfAnOldPageIsNotSavedOverAnotherChangeAndLosesNothing() {
    Page old = created("Twice " + organisation);
    Page other = manager.open("/supplier?" + old.uri().getQuery());
    Map<String, String> theirs = dataOf(old, "Twice B");
    theirs.put("data:currency", "USD");
    assertThat(save(other, theirs).html()).contains("was saved");

    Map<String, String> mine = dataOf(old, "Twice C");
    mine.put("data:industry", "Transport");
    Page told = save(old, mine);
    assertThat(told.html())
        .contains("this supplier was changed meanwhile")
        .contains("changed currency from nothing to &quot;USD&quot;, name from")
        .contains(
            "Changed meanwhile by supplier_manager@" + organisation + " to &quot;Twice B&quot;")
        .as("what both have entered")
        .contains("value=\"Twice C\"", "value=\"Transport\"", "value=\"USD\"");
    assertThat(manager.open(PATH + "?q=twice").html())
        .contains("Twice B")
        .doesNotContain("Twice C");

    mine.put("data:currency", "USD");
    assertThat(save(old, mine).html()).contains("was saved");
    assertThat(manager.open("/supplier?" + old.uri().getQuery()).html())
        .contains("value=\"Twice C\"", "value=\"Transport\"", "value=\"USD\"");
  }

  /** Creates something over the API; answers its id. */
  private static String post(Control.Key key, String path, String json) {
    Answer answer =
        SERVER
            .api()
            .send(
                "POST",
                "/api/v1" + path,
                BodyPublishers.ofString(json),
                "Authorization",
                "Bearer " + key.secret(),
                "Content-Type",
                "application/json");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json().getString("id");
  }

  /** Creates a supplier over the API; answers its address on the pages. */
  private static String written(Control.Key key, String json) {
    return "/supplier?id=" + post(key, "/suppliers", json);
  }

  private static Control.Key key(String name) {
    return CONTROL.key(Control.wish().in(organisation).named(name).scopes("suppliers:write"));
  }

  @Test
  void holdIsShownWithItsEndUntilItHasEnded() {
    String name = "Held " + UUID.randomUUID();
    Control.Key key = key(name);
    String wish =
        """
        {"name": "%s %s", "hold": {"scope": "payments", "until": "%s", "reason": "A dispute"}}""";
    String ended = written(key, wish.formatted(name, "once", "2020-01-31T10:00:00Z"));
    String still = written(key, wish.formatted(name, "still", "2099-01-31T10:00:00Z"));

    assertThat(manager.open(ended).html()).doesNotContain("<dt>On hold</dt>");
    assertThat(manager.open(still).html())
        .containsPattern(
            "<dt>On hold</dt><dd>payments(?s).{0,200}until <time"
                + " datetime=\"2099-01-31T10:00:00Z\"(?s).{0,200}A dispute");
    String found = PATH + "?q=" + Visitor.encode(name);
    assertThat(manager.open(found).html().split("on hold: payments")).as("shown holds").hasSize(2);
    assertThat(manager.open(found).html())
        .containsPattern("on hold: payments until <time datetime=\"2099-01-31T10:00:00Z\"")
        .contains(name + " once");
    assertThat(manager.open(found + "&on_hold=true").html())
        .contains(name + " still")
        .doesNotContain(name + " once");
  }

  private static Map<String, String> dataOf(Page page, String name) {
    Map<String, String> fields = data(name);
    fields.put("data:number", page.group("id=\"data:number\"[^>]*value=\"([^\"]+)\""));
    return fields;
  }

  private static Page pressRow(Page page, String command, String row, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("row", row);
    return manager.press(page, "data", "data:" + command, all, "data:lists");
  }

  @Test
  void changesGoBackToTheFirst() {
    Page old = created("Often " + organisation);
    Control.Key key =
        CONTROL.key(Control.wish().in(organisation).named("ERP").scopes("suppliers:write"));
    String id = old.uri().getQuery().substring("id=".length());
    for (int i = 0; i < 30; i++) {
      Answer changed =
          SERVER
              .api()
              .send(
                  "PATCH",
                  "/api/v1/suppliers/" + id,
                  BodyPublishers.ofString(
                      i == 0 ? "{\"currency\": \"USD\"}" : "{\"industry\": \"I" + i + "\"}"),
                  "Authorization",
                  "Bearer " + key.secret(),
                  "Content-Type",
                  "application/json",
                  "If-Match",
                  "*");
      assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    }

    Page newest = manager.open("/supplier?" + old.uri().getQuery());
    assertThat(newest.html())
        .contains("data-change=\"31\"", "Older changes")
        .doesNotContain("data-change=\"1\"");
    assertThat(manager.press(newest, "older", "older:show", Map.of(), "changes").html())
        .contains("data-change=\"31\"", "data-change=\"1\"")
        .doesNotContain("Older changes");

    Map<String, String> mine = dataOf(old, "Often " + organisation);
    mine.put("data:currency", "CHF");
    assertThat(save(old, mine).html())
        .contains("I29", "Older changes are in the list below", "older:show")
        .containsPattern("Changed meanwhile by the API key (\"|&quot;)ERP");
  }

  @Test
  void rowsOfListsAreAddedCheckedAndRemoved() {
    Page page = created("Rows " + organisation);
    Map<String, String> fields = dataOf(page, "Rows");
    for (String list : new String[] {"identifiers", "addresses", "addresses", "contacts"}) {
      assertThat(pressRow(page, "addEntry", list, fields).html()).contains("Remove");
      fields.putIfAbsent("data:addresses:0:city", "Bern");
    }
    fields.put("data:identifiers:0:scheme", "vat");
    fields.put("data:identifiers:0:value", "DE136695977");
    fields.put("data:addresses:0:country", "CH");
    fields.put("data:addresses:1:city", "Wien");
    fields.put("data:addresses:1:country", "Austria");
    fields.put("data:addresses:1:lines", "Ring 1\r\nTop 2");
    fields.put("primary-addresses", "1");
    fields.put("data:contacts:0:email", "ada@");
    fields.put("data:contacts:0:name", "Ada");

    Page wrong = save(page, fields);

    assertThat(wrong.html())
        .containsPattern(
            "id=\"data:identifiers:0:value\"(?s).{0,400}kt-field-error[^<]*>Value must")
        .containsPattern(
            "id=\"data:addresses:1:country\"(?s).{0,400}kt-field-error[^<]*>Country must")
        .containsPattern("id=\"data:contacts:0:email\"(?s).{0,400}kt-field-error[^<]*>Email must");

    fields.put("data:identifiers:0:value", "DE 136 695 976");
    fields.put("data:addresses:1:country", "AT");
    fields.put("data:contacts:0:email", "ada@example.com");
    assertThat(save(page, fields).html()).contains("was saved");
    Page after = manager.open("/supplier?" + page.uri().getQuery());
    assertThat(after.html())
        .contains("value=\"DE136695976\"", "Ring 1", "Wien AT", "ada@example.com")
        .contains("name=\"primary-addresses\" value=\"1\" checked");

    Page second = created("Rows again " + organisation);
    Map<String, String> same = dataOf(second, "Rows again");
    pressRow(second, "addEntry", "identifiers", same);
    same.put("data:identifiers:0:scheme", "vat");
    same.put("data:identifiers:0:value", "DE136695976");
    assertThat(save(second, same).html())
        .containsPattern("kt-field-error[^<]*>The supplier &quot;Rows&quot; .{1,40} has the same");

    Map<String, String> fewer = dataOf(after, "Rows");
    fewer.put("data:identifiers:0:scheme", "vat");
    pressRow(after, "removeEntry", "addresses.1", fewer);
    assertThat(save(after, fewer).html()).contains("was saved");
    assertThat(manager.open("/supplier?" + page.uri().getQuery()).html())
        .contains("Bern CH")
        .doesNotContain("Wien AT");
  }

  private static Answer send(String cookies, String origin, String file) {
    return SERVER
        .api()
        .send(
            "POST",
            "/supplier-imports/file",
            BodyPublishers.ofByteArray(
                Multipart.of("Händler.csv", file.getBytes(StandardCharsets.UTF_8))),
            "Content-Type",
            Multipart.TYPE,
            "Cookie",
            cookies,
            "Origin",
            origin);
  }

  private static Answer send(String file) {
    return send(manager.cookies(), SERVER.uri("").toString(), file);
  }

  @Test
  void fileIsLookedAtThenImported() {
    String file =
        "external_id;name;country\nI1;Import <One>;DE\nI2;Import Two;Nowhere\nI3;Import Three;\n";
    assertThat(send("colour\nred\n").json().getString("detail")).contains("names of columns");
    Answer sent = send(file);
    assertThat(sent.status()).as(sent.body()).isEqualTo(201);
    String address = sent.header("Location").orElse("");

    assertThat(person("SUPPLIER_MANAGER").speaking("de").open(address).html())
        .contains("country muss der Code eines Landes");
    Page preview = manager.open(address);
    assertThat(preview.html())
        .contains("The file has 3 rows", "Import &lt;One&gt;", "rejected")
        .contains("country must be a country")
        .doesNotContain("data-poll");
    assertThat(manager.open(PATH + "?q=import").html()).contains("No supplier matches");

    assertThat(manager.press(preview, "begin", "begin:start", Map.of(), "import messages").html())
        .doesNotContain("kt-error");
    Eventually.within(
        Duration.ofMinutes(1),
        () -> assertThat(manager.open(address).html()).contains("completed", "Rejected Rows"));
    assertThat(manager.press(preview, "begin", "begin:start", Map.of(), "import messages").status())
        .isLessThan(500);
    assertThat(manager.open(PATH + "?q=import").html())
        .contains("Import &lt;One&gt;", "Import Three");
    assertThat(manager.open("/supplier-imports").html()).contains("Händler.csv", "completed");
    Page rejected =
        manager.open("/supplier-imports/result" + address.substring(address.indexOf('?')));
    assertThat(rejected.html()).contains("\"I2\"", "import_reason").doesNotContain("I1");

    Page exported = manager.open("/suppliers/export?format=spreadsheet_semicolon&q=import");
    assertThat(exported.headers().firstValue("Content-Disposition").orElse(""))
        .contains("suppliers.csv");
    assertThat(exported.html()).startsWith("\uFEFF\"id\";").contains("Import <One>");
    assertThat(manager.open("/suppliers/export?format=ndjson&q=one").html().lines()).hasSize(1);
    assertThat(manager.open("/suppliers/export?format=xml").status()).isEqualTo(422);

    Page again = manager.open(send(file).header("Location").orElse(""));
    assertThat(again.html()).contains("unchanged");
    manager.press(again, "begin", "begin:discard", Map.of(), "import");
    assertThat(manager.open(again.uri().getPath() + "?" + again.uri().getQuery()).status())
        .isEqualTo(404);
  }

  @Test
  void fileIsTakenFromThesePagesAndThesePeopleOnly() {
    String file = "name\nA\n";
    assertThat(send(manager.cookies(), "https://evil.example", file).status()).isEqualTo(403);
    assertThat(send("", SERVER.uri("").toString(), file).status()).isEqualTo(401);
    Visitor viewer = person("VIEWER");
    assertThat(send(viewer.cookies(), SERVER.uri("").toString(), file).status()).isEqualTo(403);
    assertThat(viewer.open("/supplier-imports").status()).isEqualTo(403);
    assertThat(viewer.open("/supplier-imports/result?id=x").status()).isEqualTo(403);
    assertThat(viewer.open("/suppliers/export?format=plain").status()).isEqualTo(200);
    Visitor nobody = new Visitor(SERVER);
    assertThat(nobody.open("/suppliers/export?format=plain").path()).isEqualTo("/login");

    String elsewhere = CONTROL.organisation();
    CONTROL.user(elsewhere, "importer@" + elsewhere, "ADMINISTRATOR", PASSWORD);
    Visitor stranger = new Visitor(SERVER).signIn("importer@" + elsewhere, PASSWORD);
    String address = send(file).header("Location").orElse("");
    assertThat(stranger.open(address).status()).isEqualTo(404);
    assertThat(
            stranger
                .open("/supplier-imports/result" + address.substring(address.indexOf('?')))
                .status())
        .isEqualTo(404);
  }

  @Test
  void locationsAndDepartmentsAreAddedRenamedAndFound() {
    String page = "/settings/locations";
    for (String kind : new String[] {"", "?kind=departments"}) {
      Page list = manager.open(page + kind);
      String name = "Ünit <" + kind.length() + ">";
      String shown = name.replace("<", "&lt;").replace(">", "&gt;");
      assertThat(unit(list, name).html()).contains("was saved", "data-unit=\"" + shown);
      assertThat(unit(manager.open(page + kind), name.toUpperCase(Locale.ROOT)).html())
          .contains("kt-field-error");
      assertThat(unit(manager.open(page + kind), " ").html()).contains("Name must be given");
      Page now = manager.open(page + kind);
      manager.pressInRow(now, "data-unit", shown, "rename", "edit messages");
      assertThat(unit(now, "Renamed").html())
          .contains("data-unit=\"Renamed\"")
          .doesNotContain(shown);
    }
    assertThat(manager.open(page + "?name=renam").html()).contains("data-unit=\"Renamed\"");
    assertThat(manager.open(page + "?name=none").html()).contains("There is no location here");
    assertThat(person("KEY_MANAGER").open(page).status()).isEqualTo(403);
  }

  private static Page unit(Page page, String name) {
    return manager.press(
        page, "editor", "editor:save", Map.of("editor:name", name), "edit messages units:table");
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
  void changesSayWhoDidThemAndFromWhatToWhat() {
    Control.Key key = key("ERP <changes>");
    String suffix = UUID.randomUUID().toString();
    String location = post(key, "/locations", "{\"name\": \"Changed to %s\"}".formatted(suffix));
    String page =
        written(
            key,
            "{\"name\": \"Changing %s\", \"currency\": \"EUR\", \"tags\": [\"a\", \"b\"]}"
                .formatted(suffix));
    Page form = manager.open(page);
    Map<String, String> fields = dataOf(form, "Changing " + suffix);
    fields.put("data:currency", "CHF");
    fields.put("data:tags", "b, c");
    fields.put("data:locations", location);
    fields.put("data:preferred", "on");
    fields.put("data:description", "x".repeat(400));
    assertThat(save(form, fields).html()).contains("was saved");

    assertThat(manager.open(page).html())
        .containsPattern("<bdi>ERP &lt;changes&gt;</bdi><div class=\"kt-hint\">API key<")
        .containsPattern("<bdi>supplier_manager@[^<]*</bdi><div class=\"kt-hint\">person<")
        .contains("from nothing to EUR<", "from EUR to CHF<", "from a; b to b; c<")
        .contains("from no to yes<", "from nothing to Changed to " + suffix + "<")
        .contains("from nothing to " + "x".repeat(300) + "…<");
  }

  @Test
  void listThatIsTooLongForTheFormIsTold() {
    String elsewhere = CONTROL.organisation();
    CONTROL.user(elsewhere, "many@" + elsewhere, "ADMINISTRATOR", PASSWORD);
    Visitor reader = new Visitor(SERVER).signIn("many@" + elsewhere, PASSWORD);
    Control.Key key =
        CONTROL.key(Control.wish().in(elsewhere).named("Many").scopes("suppliers:write"));
    String last = "";
    for (int i = 100; i <= 200; i++) {
      last = post(key, "/locations", "{\"name\": \"Far place " + i + "\"}");
    }
    String page = written(key, "{\"name\": \"Far\", \"locations\": [{\"id\": \"" + last + "\"}]}");

    assertThat(reader.open(page).html())
        .doesNotContain("data:locations")
        .containsPattern(
            "<legend>Locations</legend>\\s*<bdi>Far place 200</bdi>"
                + "(?s).{0,60}There are more than 100 to choose from");
    assertThat(reader.open("/supplier").html()).contains("There are more than 100 to choose from");
  }

  /** All that a form shows, and a page without a form must not hide. */
  @Test
  void allOfASupplierIsShownToWhoeverCannotChangeItAndInTheArchive() {
    Control.Key key = key("Writer of all");
    String suffix = UUID.randomUUID().toString();
    String field = "colour_" + suffix.substring(0, 8);
    post(
        key,
        "/custom-fields",
        "{\"name\": \"%s\", \"label\": \"Colour <%s>\", \"type\": \"boolean\"}"
            .formatted(field, suffix));
    String location = post(key, "/locations", "{\"name\": \"Seen place %s\"}".formatted(suffix));
    String department =
        post(key, "/departments", "{\"name\": \"Seen people %s\"}".formatted(suffix));
    String owner = "supplier_manager@" + organisation;
    String ownerId =
        CONTROL.sql("SELECT id FROM app_user WHERE email = '" + owner + "'").get(0).getString("id");
    String page =
        written(
            key,
            """
            {"name": "Whole %1$s", "external_id": "ERP-%1$s", "type": "individual",
             "legal_name": "Whole <Legal>", "website": "https://whole.example/?a=1&b=2",
             "description": "One\\nTwo", "language": "pt-BR", "onboarding_status": "to_review",
             "hold": {"scope": "payments", "until": "2099-01-31T10:00:00Z", "reason": "Dispute"},
             "preferred": true, "tags": ["sea", "freight"], "custom_fields": {"%2$s": false},
             "locations": [{"id": "%3$s"}], "departments": [{"id": "%4$s"}],
             "owners": [{"id": "%6$s"}],
             "addresses": [{"type": "billing", "lines": ["Ring 1", "Top 2"], "city": "Bern",
                            "region": "CH-BE", "postal_code": "3000", "country": "CH"}],
             "contacts": [{"name": "Ada", "email": "ada@whole.example", "phone": "+41311234567",
                           "job_title": "Clerk"}],
             "identifiers": [{"scheme": "company_number", "value": "%5$s", "country": "CH"}],
             "categories": [{"scheme": "cpv", "code": "60100000", "label": "Road transport"}],
             "industry": "Shipping", "currency": "CHF", "payment_terms": "Net 30",
             "scores": {"performance": 4.5, "risk": 1, "sustainability": 3}}"""
                .formatted(
                    suffix, field, location, department, "HRB" + suffix.substring(0, 8), ownerId));

    String shown = person("VIEWER").open(page).html();

    assertThat(shown)
        .doesNotContain("data:save")
        .contains("Whole &lt;Legal&gt;", "ERP-" + suffix, "individual", "One\nTwo", "pt-BR")
        .contains("<a href=\"https://whole.example/?a=1&amp;b=2\" rel=\"noreferrer\">")
        .contains("to review", "payments", "2099-01-31T10:00:00Z", "Dispute")
        .contains("<dt>Preferred</dt><dd dir=\"auto\">yes</dd>", "sea", "freight")
        .containsPattern("Colour &lt;" + suffix + "&gt;</bdi></dt>\\s*<dd dir=\"auto\">no</dd>")
        .contains("Seen place " + suffix, "Seen people " + suffix, owner)
        .containsPattern(
            "Ring 1(?s).{0,30}Top 2(?s).{0,60}3000(?s).{0,30}Bern(?s).{0,30}CH-BE Switz")
        .contains("billing", "Ada", "Clerk", "ada@whole.example", "+41311234567", "Primary")
        .contains("HRB" + suffix.substring(0, 8).toUpperCase(Locale.ROOT), "company number CH")
        .contains("Road transport", "CPV", "60100000", "Shipping", "CHF", "Net 30")
        .contains("<dt>Performance</dt><dd dir=\"auto\">4.5</dd>", "<dt>Risk</dt>");
    assertThat(manager.open(page).html())
        .contains("data:save")
        .doesNotContain("<dt>Legal Name</dt>");
    decide(manager.open(page), "archive", "");
    assertThat(manager.open(page).html())
        .as("in the archive")
        .doesNotContain("data:save")
        .contains("Whole &lt;Legal&gt;", "Clerk", "Seen place " + suffix);
  }

  @Test
  void furtherFiltersOfferWhatThereIs() {
    String name = "Filtered " + UUID.randomUUID();
    created(name);
    String found = PATH + "?q=" + Visitor.encode(name);

    String page = manager.open(found + "&preferred=false&created_since=2020-01-31").html();
    assertThat(page)
        .contains(name, "type=\"date\" value=\"2020-01-31\"")
        .contains("<option value=\"false\" selected=\"selected\">no</option>")
        .contains("<option value=\"in_progress\">in progress</option>");
    assertThat(manager.open(found + "&preferred=true").html()).contains("No supplier matches");
    assertThat(manager.open(found + "&created_since=2099-01-31").html())
        .contains("No supplier matches");
    assertThat(manager.open(found + "&created_since=2020-01-31T10:00:00Z").html()).contains(name);
  }

  @Test
  void statusesOfTheAddressStayChosen() {
    String name = "Shelved " + UUID.randomUUID();
    decide(created(name), "archive", "");
    String found = PATH + "?q=" + Visitor.encode(name);

    assertThat(manager.open(found).html())
        .contains("No supplier matches", "<option value=\"all\">all, archived included</option>");
    assertThat(manager.open(found + "&status=all").html())
        .contains("data-supplier", "<option value=\"all\" selected=\"selected\">");
    assertThat(manager.open(found + "&status=active,archived").html())
        .contains("data-supplier")
        .contains(
            "<option value=\"active,archived\" selected=\"selected\">active, archived</option>");
    assertThat(manager.open(found + "&onboarding_status=to_review,completed").html())
        .contains(
            "<option value=\"to_review,completed\" selected=\"selected\">to review, completed<");
  }

  @Test
  void eachFilterAtFaultGetsItsMessage() {
    assertThat(
            manager.open(PATH + "?country=Atlantis&currency=XYZ1&created_since=1969-01-01").html())
        .containsPattern("id=\"country\"(?s).{0,300}kt-field-error[^>]*>Country must be a country")
        .containsPattern("id=\"currency\"(?s).{0,300}kt-field-error[^>]*>Currency must be a curr")
        .containsPattern(
            "id=\"created_since\"(?s).{0,300}kt-field-error[^>]*>Created since must be")
        .contains("<details class=\"kt-more\" open=\"open\">");
    assertThat(manager.open(PATH + "?cursor=x").html())
        .contains("kt-error\">The place in the list ");
    assertThat(manager.open(PATH + "?sort=colour").html()).contains("kt-error\">The order must be");
  }

  private static String inAuckland(String address) {
    return SERVER
        .api()
        .send("GET", address, "Cookie", manager.cookies() + "; keyturn-zone=Pacific%2FAuckland")
        .body();
  }

  /** In Auckland, a day begins 13 hours before it does in UTC. */
  @Test
  void daysOfFiltersAreThoseOfTheReadersZone() {
    String name = "Dated " + UUID.randomUUID();
    created(name);
    CONTROL.sql(
        "UPDATE supplier SET created_at = TIMESTAMP WITH TIME ZONE '2026-01-14 12:30:00+00:00'"
            + " WHERE name = '"
            + name
            + "'");
    String day = "q=" + Visitor.encode(name) + "&created_since=2026-01-15";

    assertThat(inAuckland(PATH + "?" + day))
        .contains(name, "Created since (Pacific/Auckland)", "Changed since (Pacific/Auckland)")
        .doesNotContain("No supplier matches");
    assertThat(inAuckland("/suppliers/export?format=ndjson&" + day)).contains(name);
    assertThat(manager.open(PATH + "?" + day).html())
        .contains("No supplier matches", "Created since (UTC)");
    assertThat(manager.open("/suppliers/export?format=ndjson&" + day).html()).doesNotContain(name);
  }
}
