package io.keyturn.supplier;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.StreamClient;
import io.keyturn.support.WebhookReceiver;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * A key that is limited to locations, over every operation of the OpenAPI document that has to do
 * with suppliers. An operation without a check here fails the test.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupplierReachHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String ALL =
      "suppliers:read suppliers:write suppliers:approve events:read webhooks:read webhooks:manage"
          + " api-keys:read api-keys:manage api-keys:refresh-self audit-log:read";
  private static final Set<String> TAGS = Set.of("Suppliers", "Events", "Webhooks", "Audit log");

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final String whole =
      control.key(Control.wish().in(organisation).named("Whole").scopes(ALL)).secret();
  private final WebhookReceiver receiver = new WebhookReceiver();

  private String berlin = "";
  private String munich = "";
  private String limited = "";
  private String limitedId = "";
  private JsonObject inside = JsonObject.EMPTY_JSON_OBJECT;
  private JsonObject both = JsonObject.EMPTY_JSON_OBJECT;
  private JsonObject outside = JsonObject.EMPTY_JSON_OBJECT;

  private Answer send(String secret, String method, String path, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Authorization", "Bearer " + secret));
    if (!body.isEmpty()) {
      all.addAll(List.of("Content-Type", "application/json"));
    }
    return api.send(
        method,
        "/api/v1" + path,
        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
        all.toArray(String[]::new));
  }

  private static JsonObject ok(Answer answer, int status) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    return answer.json();
  }

  private JsonObject created(String secret, String path, String body) {
    return ok(send(secret, "POST", path, body), 201);
  }

  private Answer get(String path) {
    return api.get("/api/v1" + path, limited);
  }

  private List<JsonObject> data(String path) {
    return ok(get(path), 200).getJsonArray("data").getValuesAs(JsonObject.class);
  }

  private static String at(String... locations) {
    return Stream.of(locations)
        .map("{\"id\": \"%s\"}"::formatted)
        .collect(Collectors.joining(",", "\"locations\": [", "]"));
  }

  private static String path(JsonObject supplier) {
    return "/suppliers/" + supplier.getString("id");
  }

  private static String supplier(String name, String externalId, String locations) {
    return """
    {"name": "%1$s", "external_id": "%2$s", "industry": "%1$s", "payment_terms": "%1$s",
     "categories": [{"scheme": "custom", "code": "%1$s", "label": "%1$s"}], %3$s}"""
        .formatted(name, externalId, locations);
  }

  @BeforeAll
  void create() {
    berlin = created(whole, "/locations", "{\"name\": \"Berlin\"}").getString("id");
    munich = created(whole, "/locations", "{\"name\": \"Munich\"}").getString("id");
    JsonObject key =
        created(
            whole,
            "/api-keys",
            "{\"name\": \"Berlin\", \"scopes\": [\"%s\"], \"restrict\": {\"locations\": [\"%s\"]}}"
                .formatted(ALL.replace(" ", "\",\""), berlin));
    limited = key.getString("secret");
    limitedId = key.getJsonObject("api_key").getString("id");
    inside = created(whole, "/suppliers", supplier("Inside", "IN", at(berlin)));
    both = created(whole, "/suppliers", supplier("Both", "BOTH", at(berlin, munich)));
    outside = created(whole, "/suppliers", supplier("Outside", "OUT", at(munich)));
    created(whole, "/suppliers", "{\"name\": \"Nowhere\", \"external_id\": \"NO\"}");
  }

  private static Set<String> names(List<JsonObject> rows) {
    Set<String> names = new TreeSet<>();
    rows.forEach(row -> names.add(row.getString("name")));
    return names;
  }

  /** The limited key is refused, and learns nothing of the supplier outside. */
  private void hidden(Answer answer) {
    assertProblem(answer, 404, "not_found");
    assertThat(answer.body()).doesNotContain("Outside");
  }

  private void refused(Answer answer) {
    assertProblem(answer, 403, "location_not_allowed");
  }

  private void action(String action) {
    hidden(send(limited, "POST", path(outside) + "/" + action, ""));
    assertThat(send(limited, "POST", path(inside) + "/" + action, "").status()).isNotEqualTo(404);
  }

  /** A webhook of another key of the organisation. */
  private String others() {
    return created(whole, "/webhooks", "{\"url\": \"https://erp.example.com/whole\"}")
        .getJsonObject("webhook")
        .getString("id");
  }

  private Map<String, Runnable> checks() {
    Map<String, Runnable> checks = new TreeMap<>();
    checks.put("listSuppliers", this::list);
    checks.put("getSupplier", this::read);
    checks.put("createSupplier", this::createOne);
    checks.put("changeSupplier", this::change);
    checks.put("putSupplier", this::put);
    checks.put("writeSuppliers", this::bulk);
    checks.put("exportSuppliers", this::export);
    checks.put("importSuppliers", this::importRows);
    checks.put(
        "listSupplierImports",
        () -> {
          String other = imported(whole, "name\nA\n").getString("id");
          assertThat(get("/supplier-imports?count=true").body()).doesNotContain(other);
        });
    for (String part : List.of("", "Result")) {
      checks.put(
          "getSupplierImport" + part,
          () ->
              hidden(
                  get(
                      "/supplier-imports/"
                          + imported(whole, "name\nA\n").getString("id")
                          + (part.isEmpty() ? "" : "/result"))));
    }
    checks.put("listSupplierChanges", () -> hidden(get(path(outside) + "/changes")));
    Map.of(
            "submitSupplier", "submit-for-approval",
            "approveSupplier", "approve",
            "archiveSupplier", "archive",
            "unarchiveSupplier", "unarchive")
        .forEach((operation, action) -> checks.put(operation, () -> action(action)));
    checks.put(
        "rejectSupplier",
        () ->
            hidden(
                send(limited, "POST", path(outside) + "/reject", "{\"reason\": \"Incomplete\"}")));
    checks.put("listLocations", () -> assertThat(names(data("/locations"))).containsOnly("Berlin"));
    checks.put(
        "createLocation",
        () -> refused(send(limited, "POST", "/locations", "{\"name\": \"Bonn\"}")));
    checks.put(
        "renameLocation",
        () -> {
          hidden(send(limited, "PATCH", "/locations/" + munich, "{\"name\": \"Bonn\"}"));
          refused(send(limited, "PATCH", "/locations/" + berlin, "{\"name\": \"Bonn\"}"));
        });
    checks.put(
        "createDepartment",
        () -> refused(send(limited, "POST", "/departments", "{\"name\": \"Sales\"}")));
    checks.put(
        "renameDepartment",
        () ->
            refused(
                send(
                    limited,
                    "PATCH",
                    "/departments/"
                        + created(whole, "/departments", "{\"name\": \"Sales\"}").getString("id"),
                    "{\"name\": \"Night\"}")));
    checks.put(
        "createCustomField",
        () ->
            refused(
                send(limited, "POST", "/custom-fields", "{\"name\": \"a\", \"type\": \"text\"}")));
    for (String list : List.of("Categories", "Industries", "PaymentTerms")) {
      checks.put("list" + list, () -> reference(list));
    }
    // They tell nothing of suppliers.
    for (String free :
        List.of(
            "listCountries",
            "listCurrencies",
            "listUsers",
            "listCustomFields",
            "listDepartments",
            "verifyAuditLog")) {
      checks.put(free, () -> {});
    }
    checks.put("listAuditEvents", () -> refused(get("/audit-events")));
    checks.put("listEvents", this::feed);
    checks.put("streamEvents", this::stream);
    checks.put("createWebhook", this::webhook);
    checks.put(
        "listWebhooks",
        () -> {
          String other = others();
          assertThat(get("/webhooks").body()).doesNotContain(other);
        });
    Map<String, Consumer<String>> ofAWebhook =
        Map.of(
            "putWebhookClientCertificate",
                id ->
                    hidden(
                        send(
                            limited,
                            "PUT",
                            id + "/client-certificate",
                            "{\"certificate_chain\": \"a\", \"private_key\": \"b\"}")),
            "deleteWebhookClientCertificate",
                id -> hidden(send(limited, "DELETE", id + "/client-certificate", "")),
            "getWebhook", id -> hidden(get(id)),
            "deleteWebhook", id -> hidden(send(limited, "DELETE", id, "")),
            "changeWebhook",
                id -> hidden(send(limited, "PATCH", id, "{\"enabled\": true}", "If-Match", "*")),
            "listWebhookDeliveries", id -> hidden(get(id + "/deliveries")),
            "rotateWebhookSecret", id -> hidden(send(limited, "POST", id + "/rotate-secret", "{}")),
            "testWebhook", id -> hidden(send(limited, "POST", id + "/test", "")),
            "sendDeliveryAgain",
                id ->
                    hidden(
                        send(
                            limited,
                            "POST",
                            id + "/deliveries/" + UUID.randomUUID() + "/send-again",
                            "")));
    ofAWebhook.forEach(
        (operation, check) -> checks.put(operation, () -> check.accept("/webhooks/" + others())));
    return checks;
  }

  @TestFactory
  Stream<DynamicTest> eachOperationKeepsTheLimit() throws IOException {
    Map<String, Runnable> checks = checks();
    assertThat(checks.keySet()).isEqualTo(documented());
    return checks.entrySet().stream()
        .map(check -> DynamicTest.dynamicTest(check.getKey(), check.getValue()::run));
  }

  private static Set<String> documented() throws IOException {
    Set<String> operations = new TreeSet<>();
    try (JsonReader reader =
        Json.createReader(
            Files.newBufferedReader(Path.of("src/main/webapp/META-INF/openapi.json")))) {
      for (var path : reader.readObject().getJsonObject("paths").values()) {
        for (var operation : path.asJsonObject().values()) {
          if (operation instanceof JsonObject found
              && found.containsKey("tags")
              && TAGS.contains(found.getJsonArray("tags").getString(0))) {
            operations.add(found.getString("operationId"));
          }
        }
      }
    }
    return operations;
  }

  private void list() {
    assertThat(names(data("/suppliers?status=all&limit=200")))
        .contains("Inside", "Both")
        .doesNotContain("Outside", "Nowhere");
    assertThat(data("/suppliers?status=all&q=outside")).isEmpty();
    assertThat(data("/suppliers?status=all&external_id=OUT,IN")).hasSize(1);
    assertThat(
            ok(get("/suppliers?status=all&q=side&count=true"), 200)
                .getJsonObject("page")
                .getInt("total"))
        .isEqualTo(1);
    assertProblem(get("/suppliers?location=Munich"), 422, "invalid");
  }

  private void export() {
    for (String format : List.of("csv", "ndjson")) {
      assertThat(get("/suppliers/export?status=all&format=" + format).body())
          .contains("Inside", "Both")
          .doesNotContain("Outside", "Nowhere");
    }
  }

  private void importRows() {
    JsonObject done =
        imported(
            limited,
            """
            external_id,name,locations
            OUT,Taken,Berlin
            IMP-1,Imported,Berlin
            IMP-2,Imported,
            IMP-3,Imported,Munich
            BOTH,Both,Berlin
            """);
    assertThat(done.getInt("created")).as(done.toString()).isEqualTo(1);
    assertThat(done.getInt("rejected")).as(done.toString()).isEqualTo(4);
    String path = "/supplier-imports/" + done.getString("id");
    assertThat(get(path + "/result").body())
        .contains("does not see", "must be at one of them", "does not know the name Munich")
        .contains("neither add nor remove")
        .doesNotContain(outside.getString("id"));
    assertThat(get("/supplier-imports").body()).contains(done.getString("id"));
    assertThat(ok(send(whole, "GET", path(outside), ""), 200).getString("name"))
        .isEqualTo("Outside");
    JsonObject again = imported(limited, get("/suppliers/export?status=all").body());
    assertThat(again.getInt("unchanged"))
        .as("what it has exported, other locations included: %s", again)
        .isPositive()
        .isEqualTo(again.getInt("rows"));
  }

  private JsonObject imported(String secret, String csv) {
    String body =
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n"
            + csv
            + "\r\n--b--\r\n";
    Answer answer =
        api.post(
            "/api/v1/supplier-imports",
            "multipart/form-data; boundary=b",
            body,
            "Authorization",
            "Bearer " + secret);
    String path = "/supplier-imports/" + ok(answer, 202).getString("id");
    Eventually.within(
        Duration.ofMinutes(1),
        () -> assertThat(ok(send(secret, "GET", path, ""), 200).isNull("finished_at")).isFalse());
    return ok(send(secret, "GET", path, ""), 200);
  }

  private void read() {
    assertThat(get(path(inside)).header("ETag")).isPresent();
    Answer none = send(limited, "GET", path(outside), "", "If-None-Match", "\"0\"");
    hidden(none);
    assertThat(none.header("ETag")).isEmpty();
  }

  private void createOne() {
    created(limited, "/suppliers", supplier("New", "NEW", at(berlin)));
    refused(send(limited, "POST", "/suppliers", supplier("New", "NEW-2", at())));
    refused(send(limited, "POST", "/suppliers", supplier("New", "NEW-2", at(munich))));
    refused(send(limited, "POST", "/suppliers", supplier("New", "NEW-2", at(berlin, munich))));
    Answer taken = send(limited, "POST", "/suppliers", supplier("New", "OUT", at(berlin)));
    assertProblem(taken, 409, "conflict");
    assertThat(taken.body()).doesNotContain(outside.getString("id"));
    assertThat(send(limited, "POST", "/suppliers", supplier("New", "IN", at(berlin))).body())
        .contains(inside.getString("id"));
    assertRepeatedAnswerIsHiddenOutside();
  }

  private void assertRepeatedAnswerIsHiddenOutside() {
    String body = supplier("Moved", "MOVED", at(berlin));
    String[] once = {"Idempotency-Key", "moved"};
    JsonObject moved = ok(send(limited, "POST", "/suppliers", body, once), 201);
    assertThat(ok(send(limited, "POST", "/suppliers", body, once), 201)).isEqualTo(moved);
    ok(send(whole, "PATCH", path(moved), "{" + at(munich) + "}", "If-Match", "*"), 200);
    hidden(send(limited, "POST", "/suppliers", body, once));
  }

  private Answer patch(JsonObject supplier, String body) {
    return send(limited, "PATCH", path(supplier), body, "If-Match", "*");
  }

  private void change() {
    hidden(patch(outside, "{\"description\": \"x\"}"));
    hidden(patch(outside, "{" + at(berlin) + "}"));
    ok(patch(both, "{\"description\": \"x\"}"), 200);
    refused(patch(both, "{" + at(berlin) + "}"));
    refused(patch(both, "{" + at(munich) + "}"));
    refused(patch(inside, "{" + at() + "}"));
    refused(patch(inside, "{" + at(berlin, munich) + "}"));
    Answer taken = patch(inside, "{\"number\": \"%s\"}".formatted(outside.getString("number")));
    assertProblem(taken, 409, "conflict");
    assertThat(taken.body()).doesNotContain(outside.getString("id"));
  }

  private void put() {
    hidden(send(limited, "PUT", "/suppliers/external/OUT", supplier("Outside", "OUT", at(berlin))));
    ok(send(limited, "PUT", "/suppliers/external/IN", supplier("Inside", "IN", at(berlin))), 200);
    refused(send(limited, "PUT", "/suppliers/external/P", supplier("Put", "P", at(munich))));
  }

  private void bulk() {
    String rows =
        Stream.of(
                supplier("Bulk", "BULK", at(berlin)),
                supplier("Outside", "OUT", at(berlin)),
                supplier("Bulk", "BULK-2", at(munich)))
            .collect(Collectors.joining(",", "{\"suppliers\": [", "]}"));

    Answer answer = send(limited, "POST", "/suppliers/bulk", rows);

    assertThat(ok(answer, 200).getJsonArray("results").getValuesAs(JsonObject.class))
        .extracting(row -> row.getInt("status"))
        .containsExactly(201, 404, 403);
    assertThat(answer.body()).doesNotContain(outside.getString("id"));
  }

  private void reference(String list) {
    String address =
        "/reference-lists/" + list.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    assertThat(get(address).body()).contains("Inside").doesNotContain("Outside");
    assertThat(api.get("/api/v1" + address, whole).body()).contains("Outside");
  }

  private List<String> told(String after) {
    return data("/events?limit=200&after=" + after).stream()
        .filter(e -> e.getString("type").startsWith("supplier."))
        .map(
            e ->
                e.getString("type")
                    + " "
                    + e.getJsonObject("data").getJsonObject("object").getString("name"))
        .toList();
  }

  private void feed() {
    String after =
        ok(get("/events?after=latest"), 200).getJsonObject("page").getString("next_after");
    JsonObject leaving = created(whole, "/suppliers", supplier("Leaving", "LEAVE", at(berlin)));
    created(whole, "/suppliers", supplier("Stranger", "STRANGE", at(munich)));
    ok(
        send(
            whole,
            "PATCH",
            path(leaving),
            "{\"onboarding_status\": \"completed\"}",
            "If-Match",
            "*"),
        200);
    ok(send(whole, "PATCH", path(leaving), "{" + at(munich) + "}", "If-Match", "*"), 200);
    ok(send(whole, "PATCH", path(leaving), "{\"language\": \"de\"}", "If-Match", "*"), 200);

    assertThat(told(after))
        .containsExactly(
            "supplier.created Leaving",
            "supplier.updated Leaving",
            "supplier.onboarding_completed Leaving",
            "supplier.updated Leaving");
    created(whole, "/locations", "{\"name\": \"Unseen location\"}");
    created(whole, "/departments", "{\"name\": \"Unseen department\"}");
    created(whole, "/custom-fields", "{\"name\": \"unseen_field\", \"type\": \"text\"}");
    assertThat(get("/events?limit=200").body())
        .doesNotContain("Outside")
        .doesNotContainIgnoringCase("unseen");
    assertThat(api.get("/api/v1/events?limit=200&after=" + after, whole).body())
        .contains("Unseen location", "Unseen department", "unseen_field");
    assertThat(
            api.get("/api/v1/events?type=supplier.updated&limit=200&after=" + after, whole).body())
        .contains("Leaving");
  }

  private void stream() {
    try (StreamClient client = new StreamClient(SERVER.uri("/api/v1/events/stream"), limited)) {
      created(whole, "/suppliers", supplier("Secret stream", "SECRET-S", at(munich)));
      created(whole, "/suppliers", supplier("Known stream", "KNOWN-S", at(berlin)));

      Eventually.within(Duration.ofSeconds(20), () -> assertThat(client.all("data")).isNotEmpty());
      assertThat(client.all("data").get(0)).contains("Known stream");
      assertThat(client.all("event")).containsExactly("supplier.created");
    }
  }

  private void webhook() {
    Answer refused =
        send(
            limited,
            "POST",
            "/webhooks",
            "{\"url\": \"%s\", \"types\": [\"audit.recorded\"]}".formatted(receiver.url()));
    assertProblem(refused, 403, "location_not_allowed");
    created(limited, "/webhooks", "{\"url\": \"%s\"}".formatted(receiver.url()));
    created(whole, "/suppliers", supplier("Secret", "SECRET", at(munich)));
    created(whole, "/suppliers", supplier("Known", "KNOWN", at(berlin)));

    Eventually.within(
        Duration.ofSeconds(40),
        () -> assertThat(receiver.received()).anyMatch(got -> got.body().contains("Known")));
    assertThat(receiver.received()).noneMatch(got -> got.body().contains("Secret"));
  }

  /** What its webhook was told before is then hidden, too. */
  @Test
  void keyThatIsLimitedLaterSeesNoOlderDeliveryOfOtherSuppliers() {
    JsonObject key =
        created(
            whole,
            "/api-keys",
            "{\"name\": \"Later\", \"scopes\": [\"%s\"]}".formatted(ALL.replace(" ", "\",\"")));
    String secret = key.getString("secret");
    String deliveries =
        "/webhooks/"
            + created(
                    secret,
                    "/webhooks",
                    "{\"url\": \"%s\", \"types\": [\"supplier.created\"]}"
                        .formatted(receiver.url()))
                .getJsonObject("webhook")
                .getString("id")
            + "/deliveries";
    created(whole, "/suppliers", supplier("Later inside", "LATER-IN", at(berlin)));
    created(whole, "/suppliers", supplier("Later outside", "LATER-OUT", at(munich)));
    List<JsonObject> all = new ArrayList<>();
    Eventually.within(
        Duration.ofSeconds(40),
        () -> {
          all.clear();
          all.addAll(
              ok(send(secret, "GET", deliveries, ""), 200)
                  .getJsonArray("data")
                  .getValuesAs(JsonObject.class));
          assertThat(all).hasSize(2);
        });
    ok(
        send(
            whole,
            "PATCH",
            "/api-keys/" + key.getJsonObject("api_key").getString("id"),
            "{\"restrict\": {\"locations\": [\"" + berlin + "\"]}}",
            "If-Match",
            "*"),
        200);

    Answer limitedNow = send(secret, "GET", deliveries, "");
    assertThat(ok(limitedNow, 200).getJsonArray("data")).hasSize(1);
    assertThat(limitedNow.body()).contains("Later inside").doesNotContain("Later outside");
    for (JsonObject delivery : all) {
      Answer again =
          send(secret, "POST", deliveries + "/" + delivery.getString("id") + "/send-again", "");
      assertThat(again.status())
          .isEqualTo(delivery.getString("payload").contains("Later outside") ? 404 : 202);
    }
  }

  /** A service behind a gateway, or one that introspects, learns what the key is limited to. */
  @Test
  void otherServicesLearnTheLimit() {
    String verifier = control.key(Control.wish().in(organisation).scopes("keys:verify")).secret();
    for (String secret : List.of(limited, whole)) {
      boolean limit = secret.equals(limited);
      Answer verified =
          api.send(
              "GET",
              "/api/v1/verify",
              "X-Keyturn-Verifier",
              verifier,
              "Authorization",
              "Bearer " + secret);
      assertThat(verified.status()).as(verified.body()).isEqualTo(204);
      assertThat(verified.header("X-Keyturn-Locations"))
          .isEqualTo(limit ? Optional.of(berlin) : Optional.empty());
      JsonObject told =
          api.send(
                  "POST",
                  "/api/v1/oauth/introspect",
                  BodyPublishers.ofString("token=" + secret),
                  "Authorization",
                  "Bearer " + verifier,
                  "Content-Type",
                  "application/x-www-form-urlencoded")
              .json();
      assertThat(told.get("restrict"))
          .hasToString(limit ? "{\"locations\":[\"" + berlin + "\"]}" : "null");
    }
  }

  @Test
  void keyGivesNoMoreThanItHasAndKeepsItsLimit() {
    assertThat(api.me(limited).json().getJsonObject("restrict").getJsonArray("locations"))
        .hasToString("[\"" + berlin + "\"]");
    for (String wider : List.of("", ",\"restrict\": {\"locations\": [\"" + munich + "\"]}")) {
      Answer more = send(limited, "POST", "/api-keys", "{\"name\": \"Child\"" + wider + "}");
      assertProblem(more, 403, "forbidden");
      assertThat(more.json().getString("field")).isEqualTo("restrict.locations");
    }
    created(
        limited,
        "/api-keys",
        "{\"name\": \"Child\", \"restrict\": {\"locations\": [\"" + berlin + "\"]}}");
    assertProblem(
        send(limited, "PATCH", "/api-keys/" + limitedId, "{\"restrict\": null}", "If-Match", "*"),
        403,
        "forbidden");
    String next =
        ok(send(limited, "POST", "/api-keys/self/refresh", "{\"replaces\": 1}"), 200)
            .getString("secret");
    assertProblem(api.get("/api/v1" + path(outside), next), 404, "not_found");
  }

  @Test
  void limitIsChangedAndRemovedByTheKeyOfSomebodyWithoutOne() {
    JsonObject key =
        created(
            whole,
            "/api-keys",
            "{\"name\": \"Changing\", \"restrict\": {\"locations\": [\"" + munich + "\"]}}");
    String secret = key.getString("secret");
    String address = "/api-keys/" + key.getJsonObject("api_key").getString("id");
    ok(api.get("/api/v1" + path(outside), secret), 200);

    ok(
        send(
            whole,
            "PATCH",
            address,
            "{\"restrict\": {\"locations\": [\"" + berlin + "\"]}}",
            "If-Match",
            "*"),
        200);
    assertProblem(api.get("/api/v1" + path(outside), secret), 404, "not_found");
    for (String same : List.of("{\"name\": \"Changed\"}", "{\"restrict\": {}}")) {
      assertThat(
              ok(send(whole, "PATCH", address, same, "If-Match", "*"), 200)
                  .getJsonObject("restrict"))
          .isNotNull();
    }
    ok(send(whole, "PATCH", address, "{\"restrict\": null}", "If-Match", "*"), 200);
    ok(api.get("/api/v1" + path(outside), secret), 200);
  }

  @Test
  void limitToNoLocationOrAnUnknownLocationIsRefused() {
    for (String wrong :
        List.of("[]", "[\"" + UUID.randomUUID() + "\"]", "[\"Berlin\"]", "\"" + berlin + "\"")) {
      assertProblem(
          send(
              whole,
              "POST",
              "/api-keys",
              "{\"name\": \"Wrong\", \"restrict\": {\"locations\": " + wrong + "}}"),
          422,
          "invalid");
    }
  }

  @Test
  void keyOfADeletedLocationSeesNothing() {
    String gone = created(whole, "/locations", "{\"name\": \"Gone\"}").getString("id");
    String secret =
        created(
                whole,
                "/api-keys",
                "{\"name\": \"Gone\", \"restrict\": {\"locations\": [\"" + gone + "\"]}}")
            .getString("secret");

    control.sql("DELETE FROM location WHERE id = '" + gone + "'");

    assertThat(ok(api.get("/api/v1/suppliers?status=all", secret), 200).getJsonArray("data"))
        .isEmpty();
    assertProblem(api.get("/api/v1" + path(inside), secret), 404, "not_found");
    assertThat(ok(api.get("/api/v1/locations", secret), 200).getJsonArray("data")).isEmpty();
  }
}
