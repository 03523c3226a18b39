package io.keyturn.supplier;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.paging.Cursor;
import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Suppliers as a program writes them: from the first request to the history. */
class SupplierWritesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String JSON = "application/json";
  private static final String ALL = "suppliers:read suppliers:write suppliers:approve";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key key = control.key(Control.wish().in(organisation).named("ERP").scopes(ALL));

  private Answer send(String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + key.secret()));
    if (!all.contains("Content-Type") && !body.isEmpty()) {
      all.addAll(List.of("Content-Type", JSON));
    }
    return api.send(
        method,
        "/api/v1" + path,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
        all.toArray(String[]::new));
  }

  private Answer get(String path) {
    return api.get("/api/v1" + path, key.secret());
  }

  private JsonObject created(String body) {
    Answer answer = send("POST", "/suppliers", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  private static String path(JsonObject supplier) {
    return "/suppliers/" + supplier.getString("id");
  }

  private JsonObject unit(String list, String name) {
    Answer answer = send("POST", list, "{\"name\": \"" + name + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return answer.json();
  }

  @Test
  void supplierIsCreatedWithAllThatItCanHave() {
    JsonObject berlin = unit("/locations", "Berlin");
    JsonObject it = unit("/departments", "IT");
    assertThat(
            send("POST", "/custom-fields", "{\"name\": \"cost_centre\", \"type\": \"number\"}")
                .status())
        .isEqualTo(201);
    String body =
        """
        {"name": "\\u00a0Zu\\u0308rich AG ", "external_id": "ERP-1", "type": "company",
         "legal_name": "Zürich Aktiengesellschaft", "website": "https://zuerich.example",
         "description": "One\\nTwo", "language": "de", "onboarding_status": "in_progress",
         "hold": {"scope": "payments", "reason": "A dispute"}, "preferred": true,
         "tags": ["freight"], "custom_fields": {"cost_centre": 4711},
         "locations": [{"id": "%s"}], "departments": [{"id": "%s"}],
         "addresses": [{"type": "registered", "lines": ["Hauptstraße 1"], "city": "Zürich",
                        "region": "CH-ZH", "postal_code": "8001", "country": "CH"}],
         "contacts": [{"name": "Ada", "email": "ada@zuerich.example", "job_title": "CEO"}],
         "identifiers": [{"scheme": "vat", "value": "DE 136695976"}],
         "categories": [{"scheme": "cpv", "code": "60100000-9", "label": "Road transport"}],
         "industry": "Transport", "currency": "CHF", "payment_terms": "Net 30",
         "scores": {"performance": 4.5}}"""
            .formatted(berlin.getString("id"), it.getString("id"));

    Answer answer = send("POST", "/suppliers", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    JsonObject supplier = answer.json();
    assertThat(answer.header("ETag")).contains("\"0\"");
    assertThat(answer.header("Location").orElse("")).endsWith("/api/v1" + path(supplier));
    assertThat(supplier.getString("name")).isEqualTo("Zürich AG");
    assertThat(supplier.getString("number")).isEqualTo("S-000001");
    assertThat(supplier.getString("status")).isEqualTo("unapproved");
    assertThat(supplier.getString("country")).isEqualTo("CH");
    assertThat(supplier.getJsonArray("locations").getJsonObject(0)).isEqualTo(berlin);
    assertThat(supplier.getJsonArray("departments").getJsonObject(0)).isEqualTo(it);
    assertThat(supplier.getJsonObject("custom_fields").getInt("cost_centre")).isEqualTo(4711);
    assertThat(supplier.getJsonObject("created_by").getString("id")).isEqualTo(key.id());
    assertThat(get(path(supplier)).json()).isEqualTo(supplier);
    for (String filter :
        List.of(
            "q=zurich",
            "q=DE136695976",
            "tag=FREIGHT",
            "department=it",
            "location=berlin",
            "category=601",
            "country=ch",
            "identifier=vat:DE136695976",
            "external_id=ERP-1",
            "on_hold=true",
            "industry=Transport")) {
      assertThat(get("/suppliers?status=all&" + filter).json().getJsonArray("data"))
          .as(filter)
          .hasSize(1);
      assertThat(get("/suppliers?" + filter).json().getJsonArray("data")).as(filter).isEmpty();
    }
    assertThat(get("/reference-lists/categories").json().getJsonArray("data").getJsonObject(0))
        .hasToString("{\"id\":\"cpv:60100000\",\"name\":\"Road transport\"}");
  }

  @Test
  void wordsAreFoundByTheirBeginningInAnyCase() {
    String greek = created("{\"name\": \"Κωσταντίνος\", \"tags\": [\"Οδός\"]}").getString("id");
    String german = created("{\"name\": \"GROẞE Mühle\"}").getString("id");
    String place = unit("/locations", "Κωσταντινούπολις").getString("id");

    for (String text : List.of("κωσ", "ΚΩΣ", "κως")) {
      assertThat(found("/suppliers?status=all&q=", text)).as(text).containsExactly(greek);
      assertThat(found("/locations?name=", text)).as(text).containsExactly(place);
    }
    assertThat(found("/suppliers?status=all&tag=", "ΟΔΟΣ")).containsExactly(greek);
    for (String text : List.of("große", "GROSSE", "GROẞE")) {
      assertThat(found("/suppliers?status=all&q=", text)).as(text).containsExactly(german);
    }
  }

  private List<String> found(String path, String text) {
    Answer answer = get(path + URLEncoder.encode(text, StandardCharsets.UTF_8));
    return answer.json().getJsonArray("data").getValuesAs(JsonObject.class).stream()
        .map(row -> row.getString("id"))
        .toList();
  }

  @Test
  void patchNeedsTheVersionAndSaysWhatItChanged() {
    JsonObject supplier = created("{\"name\": \"A\", \"currency\": \"EUR\", \"tags\": [\"a\"]}");

    assertProblem(send("PATCH", path(supplier), "{}"), 428, "precondition_required");
    assertProblem(
        send("PATCH", path(supplier), "{\"name\": \"B\"}", "If-Match", "\"7\""),
        412,
        "precondition_failed");
    Answer changed =
        send(
            "PATCH",
            path(supplier),
            "{\"currency\": null, \"hold\": {\"scope\": \"all\"}}",
            "If-Match",
            "\"0\"",
            "Content-Type",
            "application/merge-patch+json");
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(changed.header("ETag")).contains("\"1\"");
    assertThat(changed.json().isNull("currency")).isTrue();
    assertThat(changed.json().getJsonArray("tags")).hasSize(1);
    Answer same = send("PATCH", path(supplier), "{\"name\": \" A\"}", "If-Match", "\"1\"");
    assertThat(same.header("ETag")).as("nothing changed").contains("\"1\"");

    List<JsonObject> changes =
        get(path(supplier) + "/changes").json().getJsonArray("data").getValuesAs(JsonObject.class);
    assertThat(changes)
        .extracting(c -> c.getString("action"))
        .containsExactly("changed", "created");
    assertThat(changes.get(0).getJsonObject("actor").getString("name")).isEqualTo("ERP");
    assertThat(changes.get(0).getJsonArray("members"))
        .hasToString(
            "[{\"name\":\"currency\",\"before\":\"EUR\",\"after\":null},"
                + "{\"name\":\"hold\",\"before\":null,\"after\":{\"scope\":\"all\"}}]");
    String cursor =
        get(path(supplier) + "/changes?limit=1")
            .json()
            .getJsonObject("page")
            .getString("next_cursor");
    assertThat(
            get(path(supplier) + "/changes?limit=1&cursor=" + cursor)
                .json()
                .getJsonArray("data")
                .getJsonObject(0))
        .isEqualTo(changes.get(1));
    assertThat(
            control.sql(
                "SELECT e.action FROM audit_event e WHERE e.subject_id = '%s' ORDER BY e.sequence"
                    .formatted(supplier.getString("id"))))
        .extracting(Object::toString)
        .satisfiesExactly(
            row -> assertThat(row).contains("SUPPLIER_CREATED"),
            row -> assertThat(row).contains("SUPPLIER_CHANGED"));
  }

  @Test
  void statusIsChangedByActionsOnly() {
    JsonObject supplier = created("{\"name\": \"A\"}");
    String path = path(supplier);

    assertProblem(send("PATCH", path, "{\"status\": \"active\"}", "If-Match", "*"), 422, "invalid");
    assertThat(send("POST", path + "/submit-for-approval", "").json().getJsonObject("approval"))
        .containsKey("requested_at");
    assertProblem(send("POST", path + "/reject", "{}"), 422, "invalid");
    assertProblem(send("POST", path + "/reject", "{\"reason\": \" \"}"), 422, "invalid");
    JsonObject rejected = send("POST", path + "/reject", "{\"reason\": \"No\"}").json();
    assertThat(rejected.getString("status")).isEqualTo("rejected");
    assertThat(rejected.getJsonObject("approval").getString("reason")).isEqualTo("No");
    Answer refused = send("POST", path + "/approve", "");
    assertProblem(refused, 409, "conflict");
    assertThat(refused.json().getString("detail")).contains("rejected");
    assertThat(send("POST", path + "/submit-for-approval", "").status()).isEqualTo(200);
    assertProblem(
        send("POST", path + "/approve", "", "If-Match", "\"0\""), 412, "precondition_failed");
    assertThat(send("POST", path + "/approve", "").json().getString("status")).isEqualTo("active");
    assertThat(
            send("POST", path + "/archive", "{\"reason\": \" Bankrupt \"}")
                .json()
                .isNull("archived_at"))
        .isFalse();
    Answer archived = send("PATCH", path, "{\"name\": \"B\"}", "If-Match", "*");
    assertProblem(archived, 409, "conflict");
    assertThat(archived.json().getString("supplier_status")).isEqualTo("archived");
    assertThat(send("POST", path + "/unarchive", "").json().getString("status"))
        .isEqualTo("active");
    assertThat(get(path + "/changes").json().getJsonArray("data").getValuesAs(JsonObject.class))
        .extracting(change -> change.getString("action") + ": " + change.getString("reason", ""))
        .containsExactly(
            "unarchived: ",
            "archived: Bankrupt",
            "approved: ",
            "submitted: ",
            "rejected: No",
            "submitted: ",
            "created: ");
  }

  @Test
  void putCreatesOnceAndThenReplaces() {
    Answer first =
        send("PUT", "/suppliers/external/ERP%209", "{\"name\": \"A\", \"tags\": [\"a\"]}");
    Answer second = send("PUT", "/suppliers/external/ERP%209", "{\"name\": \"B\"}");
    Answer third = send("PUT", "/suppliers/external/ERP%209", "{\"name\": \"B\"}");

    assertThat(first.status()).as(first.body()).isEqualTo(201);
    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertThat(first.json().getString("external_id")).isEqualTo("ERP 9");
    assertThat(second.json().getString("id")).isEqualTo(first.json().getString("id"));
    assertThat(second.json().getString("number")).isEqualTo(first.json().getString("number"));
    assertThat(second.json().getJsonArray("tags")).isEmpty();
    assertThat(third.json()).isEqualTo(second.json());
    assertProblem(
        send("PUT", "/suppliers/external/a", "{\"name\": \"A\", \"external_id\": \"b\"}"),
        422,
        "invalid");
    for (String blank : List.of("%20", "%C2%A0", "a%C2%85b", "e".repeat(101))) {
      Answer refused = send("PUT", "/suppliers/external/" + blank, "{\"name\": \"A\"}");
      assertProblem(refused, 422, "invalid");
      assertThat(refused.body()).contains("external_id");
    }
    send("POST", path(first.json()) + "/archive", "");
    Answer archived = send("PUT", "/suppliers/external/ERP%209", "{\"name\": \"C\"}");
    assertProblem(archived, 409, "conflict");
    assertThat(archived.json().getString("id")).isEqualTo(first.json().getString("id"));
  }

  /** Jakarta Servlet 6.0, 3.5.2: the server refuses paths in which these are encoded. */
  @Test
  void externalIdThatNoPathHoldsIsWrittenInBulk() {
    for (String id : List.of("10/4711", "10\\4711", "10#4711")) {
      Answer refused = send("PUT", "/suppliers/external/" + encoded(id), "{\"name\": \"A\"}");
      assertProblem(refused, 400, "malformed_request");
      assertThat(refused.json().getString("detail"))
          .isEqualTo(
              "The path has an encoded slash, backslash, # or dot, which the server does not take there.");
      String row =
          Json.createObjectBuilder().add("name", "A").add("external_id", id).build().toString();
      for (int made : List.of(201, 200)) {
        Answer bulk = send("POST", "/suppliers/bulk", "{\"suppliers\": [" + row + "]}");
        assertThat(bulk.json().getJsonArray("results").getJsonObject(0).getInt("status"))
            .as(bulk.body())
            .isEqualTo(made);
      }
      assertThat(
              get("/suppliers?status=all&external_id=" + encoded(id)).json().getJsonArray("data"))
          .hasSize(1);
    }
    for (String id : List.of("10?4711", "10%2F4711", "10+4711", "10;a=b", "10,4711", "ü")) {
      Answer made = send("PUT", "/suppliers/external/" + encoded(id), "{\"name\": \"A\"}");
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      assertThat(made.json().getString("external_id")).isEqualTo(id);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Test
  void putNeedsTheVersionThatItNames() {
    String path = "/suppliers/external/ERP%2010";
    assertProblem(
        send("PUT", path, "{\"name\": \"A\"}", "If-Match", "*"), 412, "precondition_failed");
    Answer first = send("PUT", path, "{\"name\": \"A\"}");
    assertThat(first.json().getString("external_id")).isEqualTo("ERP 10");
    String tag = first.header("ETag").orElseThrow();

    Answer second = send("PUT", path, "{\"name\": \"B\"}", "If-Match", tag);
    Answer stale = send("PUT", path, "{\"name\": \"C\"}", "If-Match", tag);

    assertThat(second.status()).as(second.body()).isEqualTo(200);
    assertProblem(stale, 412, "precondition_failed");
    assertThat(get(path(first.json())).json().getString("name")).isEqualTo("B");
  }

  @Test
  void pagesStayWhileSuppliersAreAdded() {
    for (String name : List.of("b", "d", "f", "h")) {
      created("{\"name\": \"" + name + "\"}");
    }
    Answer first = get("/suppliers?status=all&limit=2");
    created("{\"name\": \"a\"}");
    created("{\"name\": \"e\"}");
    String cursor = first.json().getJsonObject("page").getString("next_cursor");
    Answer second = get("/suppliers?status=all&limit=10&cursor=" + cursor);

    assertThat(names(first)).containsExactly("b", "d");
    assertThat(names(second)).containsExactly("e", "f", "h");
  }

  @Test
  void changedSuppliersAreFoundByTheTimeOfTheirChange() {
    JsonObject first = created("{\"name\": \"first\"}");
    JsonObject second = created("{\"name\": \"second\"}");
    assertThat(since(second)).containsExactly("second");

    Answer changed = send("PATCH", path(first), "{\"currency\": \"EUR\"}", "If-Match", "*");

    assertThat(since(second)).containsExactly("second", "first");
    assertThat(since(changed.json())).containsExactly("first");
  }

  private List<String> since(JsonObject supplier) {
    String time = supplier.getString("updated_at");
    return names(get("/suppliers?status=all&sort=updated_at&updated_since=" + time));
  }

  private static List<String> names(Answer page) {
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    return page.json().getJsonArray("data").getValuesAs(JsonObject.class).stream()
        .map(supplier -> supplier.getString("name"))
        .toList();
  }

  @Test
  void identifierOfAnEarlierVersionLocksNoSupplier() {
    JsonObject supplier =
        created(
            "{\"name\": \"A\", \"external_id\": \"OLD\", \"identifiers\":"
                + " [{\"scheme\": \"vat\", \"value\": \"EU372000063\"}]}");
    assertThat(supplier.getJsonArray("identifiers").getJsonObject(0).isNull("country")).isTrue();
    control.sql(
        "UPDATE supplier SET identifiers = REPLACE(identifiers, 'EU372000063', 'HELLO1')"
            + " WHERE id = '%s'".formatted(supplier.getString("id")));
    String identifiers = "\"identifiers\": [{\"scheme\": \"vat\", \"value\": \"HELLO1\"}]";

    for (Answer answer :
        List.of(
            send("PATCH", path(supplier), "{\"currency\": \"EUR\"}", "If-Match", "*"),
            send("PATCH", path(supplier), "{" + identifiers + "}", "If-Match", "*"),
            send("PUT", "/suppliers/external/OLD", "{\"name\": \"B\", " + identifiers + "}"))) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).contains("HELLO1");
    }
    Answer other = send("POST", "/suppliers", "{\"name\": \"B\", " + identifiers + "}");
    assertProblem(other, 422, "invalid");
    assertThat(other.body()).contains("identifiers[0].value", "code of its country");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"external_id\": \"E\"",
        "\"number\": \"N\"",
        "\"identifiers\": [{\"scheme\": \"gln\", \"value\": \"4012345000009\"}]"
      })
  void whatAnotherSupplierHasIsRefusedNamingIt(String member) {
    JsonObject first = created("{\"name\": \"A\", " + member + "}");
    send("POST", path(first) + "/archive", "");
    JsonObject second = created("{\"name\": \"A\"}");

    for (Answer refused :
        List.of(
            send("POST", "/suppliers", "{\"name\": \"B\", " + member + "}"),
            send("PATCH", path(second), "{" + member + "}", "If-Match", "*"))) {
      assertProblem(refused, 409, "conflict");
      assertThat(refused.json().getString("id")).isEqualTo(first.getString("id"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EL094259216, GR094259216",
    "CHE-107.787.577 MWST, CHE107787577",
    "NO995525828, NO 995 525 828 MVA"
  })
  void vatNumberInAnotherSpellingIsTheSame(String first, String second) {
    String supplier =
        "{\"name\": \"A\", \"identifiers\": [{\"scheme\": \"vat\", \"value\": \"%s\"}]}";
    JsonObject holder = created(supplier.formatted(first));

    Answer refused = send("POST", "/suppliers", supplier.formatted(second));

    assertProblem(refused, 409, "conflict");
    assertThat(refused.json().getString("id")).isEqualTo(holder.getString("id"));
    assertThat(
            get("/suppliers?status=all&identifier=vat:" + second.replace(" ", "%20"))
                .json()
                .getJsonArray("data"))
        .hasSize(1);
  }

  @Test
  void numbersAndExternalIdsAreGivenOnceUnderLoad() throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Answer>> answers =
          threads.invokeAll(
              IntStream.range(0, 24)
                  .<java.util.concurrent.Callable<Answer>>mapToObj(
                      i ->
                          () ->
                              send(
                                  "PUT",
                                  "/suppliers/external/same-" + i % 6,
                                  "{\"name\": \"Load " + i + "\"}"))
                  .toList());
      assertThat(answers.stream().map(SupplierWritesHttpIT::status))
          .allMatch(Set.of(200, 201)::contains)
          .filteredOn(status -> status == 201)
          .hasSize(6);
    } finally {
      threads.shutdown();
    }
    assertThat(
            get("/suppliers?status=all&fields=number")
                .json()
                .getJsonArray("data")
                .getValuesAs(JsonObject.class))
        .extracting(s -> s.getString("number"))
        .hasSize(6)
        .doesNotHaveDuplicates();
  }

  private static int status(Future<Answer> answer) {
    try {
      return answer.get().status();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void repeatedPostGetsTheSameSupplier() {
    String[] repeat = {"Idempotency-Key", "one"};
    Answer first = send("POST", "/suppliers", "{\"name\": \"A\"}", repeat);
    Answer again = send("POST", "/suppliers", "{\"name\": \"A\", \"currency\": null}", repeat);

    assertThat(again.status()).isEqualTo(201);
    assertThat(again.json()).isEqualTo(first.json());
    assertProblem(send("POST", "/suppliers", "{\"name\": \"B\"}", repeat), 422, "invalid");
    assertThat(get("/suppliers?status=all").json().getJsonArray("data")).hasSize(1);
  }

  @Test
  void unitsAreRenamedAndHaveNamesOfTheirOwn() {
    for (String list : List.of("/locations", "/departments")) {
      JsonObject unit = unit(list, "Zürich");
      unit(list, "Bern");

      Answer taken = send("POST", list, "{\"name\": \"ZÜRICH\"}");
      assertProblem(taken, 409, "conflict");
      assertThat(taken.json().getString("id")).isEqualTo(unit.getString("id"));
      assertProblem(
          send("PATCH", list + "/" + unit.getString("id"), "{\"name\": \"bern\"}"),
          409,
          "conflict");
      assertThat(
              send("PATCH", list + "/" + unit.getString("id"), "{\"name\": \"zürich\"}")
                  .json()
                  .getString("name"))
          .isEqualTo("zürich");
      assertThat(get(list).json().getJsonArray("data")).hasSize(2);
    }
    JsonObject supplier = created("{\"name\": \"A\"}");
    Answer unknown =
        send(
            "PATCH",
            path(supplier),
            "{\"owners\": [{\"id\": \"%s\"}]}".formatted(supplier.getString("id")),
            "If-Match",
            "*");
    assertProblem(unknown, 422, "invalid");
    assertThat(unknown.body()).contains("owners[0].id");
  }

  @Test
  void referenceListsHaveIdsAndNames() {
    for (String list :
        List.of("countries", "currencies", "categories", "industries", "payment-terms", "users")) {
      Answer answer = get("/reference-lists/" + list);
      assertThat(answer.status()).as(list).isEqualTo(200);
      assertThat(answer.json().getJsonArray("data").getValuesAs(JsonObject.class))
          .allMatch(entry -> entry.keySet().equals(Set.of("id", "name")));
    }
    assertThat(get("/reference-lists/countries").body())
        .contains("{\"id\":\"DE\",\"name\":\"Germany\"}");
  }

  /** A page with nothing asked for has everything; smaller pages lead to the same entries. */
  @Test
  void everyListIsReadInPagesAndCounted() {
    for (String person : List.of("ann", "bob", "cem")) {
      control.user(organisation, person + "@" + organisation, "VIEWER", "correct horse battery");
      created(
          """
          {"name": "%1$s", "industry": "%1$s", "payment_terms": "%1$s",
           "categories": [{"code": "%1$s", "label": "%1$s"}]}"""
              .formatted(person));
      unit("/locations", person);
      unit("/departments", person);
      send("POST", "/custom-fields", "{\"name\": \"" + person + "\", \"type\": \"text\"}");
    }
    for (String list : List.of("categories", "industries", "payment-terms", "users")) {
      assertPages("/reference-lists/" + list, 2, 3);
    }
    for (String list : List.of("/locations", "/departments", "/custom-fields")) {
      assertPages(list, 2, 3);
    }
    for (String list : List.of("countries", "currencies")) {
      assertPages("/reference-lists/" + list, 100, whole("/reference-lists/" + list).size());
    }
  }

  private List<JsonObject> whole(String list) {
    return get(list).json().getJsonArray("data").getValuesAs(JsonObject.class);
  }

  private void assertPages(String list, int limit, int length) {
    List<JsonObject> read = new ArrayList<>();
    String cursor = "";
    do {
      Answer answer = get(list + "?count=true&limit=" + limit + cursor);
      assertThat(answer.status()).as(list + answer.body()).isEqualTo(200);
      List<JsonObject> rows = answer.json().getJsonArray("data").getValuesAs(JsonObject.class);
      JsonObject page = answer.json().getJsonObject("page");
      assertThat(rows).as(list).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
      assertThat(page.getInt("limit")).as(list).isEqualTo(limit);
      assertThat(page.getInt("total")).as(list).isEqualTo(length);
      assertThat(answer.header("Link").isPresent()).isEqualTo(page.getBoolean("has_more"));
      read.addAll(rows);
      cursor = page.getBoolean("has_more") ? "&cursor=" + page.getString("next_cursor") : "";
    } while (!cursor.isEmpty());
    assertThat(read).as(list).hasSize(length).containsExactlyInAnyOrderElementsOf(whole(list));
    for (String wrong : List.of("limit=0", "limit=201", "count=maybe", "cursor=x", "page=2")) {
      assertProblem(get(list + "?" + wrong), 422, "invalid");
    }
  }

  /** A supplier's version does not count the names of others (decision record 0046). */
  @Test
  void renameOfALocationIsNoNewVersionOfItsSuppliers() {
    String location = unit("/locations", "Berlin").getString("id");
    JsonObject supplier =
        created("{\"name\": \"A\", \"locations\": [{\"id\": \"" + location + "\"}]}");
    String tag = get(path(supplier)).header("ETag").orElseThrow();

    assertThat(send("PATCH", "/locations/" + location, "{\"name\": \"Bonn\"}").status())
        .isEqualTo(200);

    assertThat(send("GET", path(supplier), "", "If-None-Match", tag).status()).isEqualTo(304);
    Answer read = get(path(supplier));
    assertThat(read.header("ETag")).contains(tag);
    assertThat(read.json().getJsonArray("locations").getJsonObject(0).getString("name"))
        .isEqualTo("Bonn");
  }

  @Test
  void changedLabelOfACategoryIsListed() {
    String categories = "\"categories\": [{\"code\": \"k\", \"label\": \"%s\"}]";
    JsonObject supplier = created("{\"name\": \"A\", " + categories.formatted("Old") + "}");

    Answer changed =
        send("PATCH", path(supplier), "{" + categories.formatted("New") + "}", "If-Match", "*");

    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(get("/reference-lists/categories").json().getJsonArray("data"))
        .hasToString("[{\"id\":\"custom:k\",\"name\":\"New\"}]");
  }

  @Test
  void valueWithACommaIsFound() {
    String industry = "Agriculture, forestry and fishing";
    created("{\"name\": \"A\", \"industry\": \"" + industry + "\", \"tags\": [\"a,b\"]}");
    created("{\"name\": \"B\", \"industry\": \"Transport\"}");

    assertThat(get("/reference-lists/industries").body()).contains(industry);
    for (String filter :
        List.of("industry=Agriculture%5C,%20forestry%20and%20fishing", "tag=A%5C%2CB,c")) {
      assertThat(
              get("/suppliers?status=all&" + filter)
                  .json()
                  .getJsonArray("data")
                  .getValuesAs(JsonObject.class))
          .as(filter)
          .extracting(supplier -> supplier.getString("name"))
          .containsExactly("A");
    }
  }

  @Test
  void longReferenceListGoesOnBehindItsCursor() {
    for (String person : List.of("ann", "bob", "cem")) {
      control.user(organisation, person + "@" + organisation, "VIEWER", "correct horse battery");
    }
    List<JsonObject> people =
        get("/reference-lists/users").json().getJsonArray("data").getValuesAs(JsonObject.class);
    assertThat(people).hasSize(3);
    JsonObject first = people.get(0);
    String cursor =
        new Cursor(
                "reference-lists/users",
                first.getString("name"),
                UUID.fromString(first.getString("id")))
            .encode();

    assertThat(get("/reference-lists/users?cursor=" + cursor).json().getJsonArray("data"))
        .isEqualTo(people.subList(1, 3));
    assertProblem(get("/reference-lists/industries?cursor=" + cursor), 422, "invalid");
  }

  @Test
  void bulkWritesEachRowByItself() {
    String body =
        """
        {"suppliers": [{"external_id": "B/1", "name": "One"}, {"external_id": "\\u00a0", "name": ""},
                       {"name": "Two", "currency": "EURO"}, {"name": "Three"}]}""";

    List<JsonObject> first = results(send("POST", "/suppliers/bulk", body));
    List<JsonObject> second = results(send("POST", "/suppliers/bulk", body));

    assertThat(first).extracting(r -> r.getInt("status")).containsExactly(201, 422, 422, 201);
    assertThat(second).extracting(r -> r.getInt("status")).containsExactly(200, 422, 422, 201);
    assertThat(second.get(0).getString("id")).isEqualTo(first.get(0).getString("id"));
    assertThat(first.get(2).getJsonArray("errors").getJsonObject(0).getString("field"))
        .isEqualTo("currency");
    assertThat(get("/suppliers?status=all").json().getJsonArray("data")).hasSize(3);
    assertProblem(send("POST", "/suppliers/bulk", "{\"suppliers\": []}"), 422, "invalid");
    String row = "{\"name\": \"x\"},";
    assertProblem(
        send(
            "POST",
            "/suppliers/bulk",
            "{\"suppliers\": [" + row.repeat(100) + "{\"name\": \"x\"}]}"),
        422,
        "invalid");
    assertProblem(
        send("POST", "/suppliers/bulk", "{\"suppliers\": [{\"name\": \"x\", \"id\": \"1\"}]}"),
        422,
        "invalid");
  }

  @Test
  void bulkNamesTheSupplierThatHasTheSame() {
    JsonObject first = created("{\"name\": \"A\", \"external_id\": \"E\", \"number\": \"N\"}");
    send("POST", path(first) + "/archive", "");

    List<JsonObject> rows =
        results(
            send(
                "POST",
                "/suppliers/bulk",
                """
                {"suppliers": [{"name": "B", "number": "N"}, {"name": "C", "external_id": "E"},
                               {"name": ""}]}"""));

    assertThat(rows).extracting(r -> r.getInt("status")).containsExactly(409, 409, 422);
    assertThat(rows.subList(0, 2))
        .allMatch(row -> row.getString("id").equals(first.getString("id")));
    assertThat(rows.get(0).isNull("supplier_status")).isTrue();
    assertThat(rows.get(1).getString("supplier_status")).isEqualTo("archived");
    assertThat(rows.get(2).isNull("id")).isTrue();
  }

  /** Blank numbers, and what no database stores. */
  @Test
  void rowOfABulkSpoilsNoOther() {
    String odd =
        """
        {"suppliers": [{"external_id": "E", "name": "New", "number": " "},
                       {"external_id": "A\\u0000", "name": "Nul"},
                       {"external_id": "E", "name": "Changed", "number": "\\u00a0"},
                       {"name": "Nul", "number": "\\u0000"}]}""";

    List<JsonObject> rows = results(send("POST", "/suppliers/bulk", odd));

    assertThat(rows).extracting(r -> r.getInt("status")).containsExactly(201, 422, 200, 422);
    assertThat(rows.get(2).getString("number")).isEqualTo(rows.get(0).getString("number"));
  }

  @Test
  void repeatedBulkAndActionGetTheirAnswer() {
    String body = "{\"suppliers\": [{\"name\": \"One\"}, {\"name\": \"\"}]}";
    List<JsonObject> first =
        results(send("POST", "/suppliers/bulk", body, "Idempotency-Key", "bulk"));
    assertThat(results(send("POST", "/suppliers/bulk", body, "Idempotency-Key", "bulk")))
        .isEqualTo(first);
    assertThat(get("/suppliers?status=all").json().getJsonArray("data")).hasSize(1);
    assertProblem(
        send("POST", "/suppliers/bulk", body.replace("One", "Two"), "Idempotency-Key", "bulk"),
        422,
        "invalid");

    String path = path(first.get(0)) + "/approve";
    Answer approved = send("POST", path, "{\"reason\": \"fine\"}", "Idempotency-Key", "approve");
    Answer again = send("POST", path, "{\"reason\": \"fine\"}", "Idempotency-Key", "approve");
    assertThat(approved.status()).as(approved.body()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(approved.json());
    assertThat(again.header("ETag")).isPresent().isEqualTo(approved.header("ETag"));
    assertProblem(send("POST", path, "", "Idempotency-Key", "approve"), 422, "invalid");
    assertProblem(send("POST", path, ""), 409, "conflict");
  }

  private static List<JsonObject> results(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().getJsonArray("results").getValuesAs(JsonObject.class);
  }
}
