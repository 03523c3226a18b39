package io.keyturn.supplier;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Multipart;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Suppliers in files: exported, imported, and imported again. */
class SupplierFilesHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String ALL = "suppliers:read suppliers:write suppliers:approve";

  private final Api api = SERVER.api();
  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key key = keyOf(organisation);

  private Key keyOf(String owner) {
    return control.key(Control.wish().in(owner).named("ERP").scopes(ALL));
  }

  private Answer post(Key by, String path, String type, byte[] body) {
    return api.send(
        "POST",
        "/api/v1" + path,
        BodyPublishers.ofByteArray(body),
        "Authorization",
        "Bearer " + by.secret(),
        "Content-Type",
        type);
  }

  private Answer json(String path, String body) {
    Answer answer = post(key, path, "application/json", body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.body()).isIn(200, 201);
    return answer;
  }

  private Answer get(Key by, String path) {
    return api.get("/api/v1" + path, by.secret());
  }

  private String export(Key by, String query) {
    Answer answer = get(by, "/suppliers/export" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static byte[] parts(byte[] file, String... others) {
    return Multipart.of("Händler.csv", file, others);
  }

  private Answer send(Key by, byte[] file, String... others) {
    return post(by, "/supplier-imports", Multipart.TYPE, parts(file, others));
  }

  private JsonObject imported(Key by, byte[] file, String... others) {
    Answer answer = send(by, file, others);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.header("Location").orElse(""))
        .endsWith("/api/v1/supplier-imports/" + answer.json().getString("id"));
    return finished(by, answer.json());
  }

  private JsonObject finished(Key by, JsonObject begun) {
    String path = "/supplier-imports/" + begun.getString("id");
    Eventually.within(
        Duration.ofMinutes(1),
        () -> assertThat(get(by, path).json().isNull("finished_at")).isFalse());
    return get(by, path).json();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void counts(
      JsonObject one, int created, int updated, int unchanged, int rejected) {
    assertThat(
            List.of(
                one.getInt("created"),
                one.getInt("updated"),
                one.getInt("unchanged"),
                one.getInt("rejected")))
        .as(one.toString())
        .containsExactly(created, updated, unchanged, rejected);
    assertThat(one.getInt("rows_read")).isEqualTo(one.getInt("rows"));
    assertThat(one.getString("state")).isEqualTo("completed");
  }

  private void createAllSorts() {
    String berlin = json("/locations", "{\"name\": \"Berlin\"}").json().getString("id");
    String aachen = json("/locations", "{\"name\": \"Aachen\"}").json().getString("id");
    json("/custom-fields", "{\"name\": \"rate\", \"type\": \"number\"}");
    json(
        "/suppliers",
        """
        {"name": "=Zürich; \\"AG\\"", "external_id": "'=1", "legal_name": "Zürich, AG",
         "description": "-One\\nTwo", "language": "de", "onboarding_status": "in_progress",
         "hold": {"scope": "payments", "until": "2036-01-01T00:00:00Z", "reason": "A dispute"},
         "preferred": true, "tags": ["freight", "a; b"], "custom_fields": {"rate": -4.75},
         "locations": [{"id": "%s"}, {"id": "%s"}], "website": "https://zuerich.example",
         "addresses": [{"type": "registered", "lines": ["Straße 1", "Tür 2"], "city": "Zürich",
                        "region": "CH-ZH", "postal_code": "8001", "country": "CH"},
                       {"city": "Bern", "primary": true}],
         "contacts": [{"name": "Ada", "phone": "+49 30 901820"}, {"name": "Bob"}],
         "identifiers": [{"scheme": "vat", "value": "DE136695976"},
                         {"scheme": "duns", "value": "123456789", "country": "DE"}],
         "categories": [{"scheme": "cpv", "code": "60100000", "label": "Road"}],
         "industry": "Transport", "currency": "CHF", "payment_terms": "Net 30",
         "scores": {"performance": 4.5, "risk": 0}}"""
            .formatted(berlin, aachen));
    json("/suppliers", "{\"name\": \"Plain\"}");
  }

  @Test
  void exportIsTheListAndIsReadWithoutLoss() {
    createAllSorts();

    String csv = export(key, "?status=all&sort=-name");
    assertThat(csv.lines().toList().get(0))
        .startsWith("\"id\",\"number\",\"external_id\",\"name\"");
    assertThat(csv)
        .contains("\"'=Zürich; \"\"AG\"\"\"", "\"''=1\"", "\"'-One\nTwo\"", "\"'+49 30 901820\"")
        .contains("\"-4.75\"", "\"Straße 1\nTür 2\"", "\"freight\na; b\"")
        .endsWith("\r\n");
    assertThat(csv.indexOf("Plain")).as("sorted").isPositive().isLessThan(csv.indexOf("=Zürich"));
    assertThat(export(key, "").lines()).as("the default is active suppliers").hasSize(1);
    assertThat(export(key, "?status=all&dialect=spreadsheet_semicolon"))
        .startsWith("\uFEFF\"id\";\"number\"")
        .contains("\"-4,75\"");
    List<JsonObject> lines =
        export(key, "?status=all&format=ndjson&sort=number")
            .lines()
            .map(SupplierFilesHttpIT::object)
            .toList();
    assertThat(lines)
        .extracting(s -> s.getString("number"))
        .containsExactly("S-000001", "S-000002");
    assertThat(get(key, "/suppliers/" + lines.get(0).getString("id")).json())
        .isEqualTo(lines.get(0));

    // Each dialect is read again as what is stored already.
    String events = events();
    for (String dialect : List.of("plain", "spreadsheet", "spreadsheet_semicolon")) {
      counts(imported(key, utf8(export(key, "?status=all&dialect=" + dialect))), 0, 0, 2, 0);
    }
    assertThat(events()).as("no history of what did not change").isEqualTo(events);

    // Another organisation gets the same, but for ids, times and who did it.
    String other = control.organisation();
    Key there = keyOf(other);
    for (String setup : List.of("/locations:Berlin", "/locations:Aachen", "/custom-fields:rate")) {
      String[] parts = setup.split(":");
      assertThat(
              post(
                      there,
                      parts[0],
                      "application/json",
                      utf8(
                          "{\"name\": \"%s\"%s}"
                              .formatted(
                                  parts[1],
                                  parts[1].equals("rate") ? ", \"type\": \"number\"" : "")))
                  .status())
          .isEqualTo(201);
    }
    counts(imported(there, utf8(csv)), 2, 0, 0, 0);
    assertThat(comparable(export(there, "?status=all&format=ndjson&sort=number")))
        .isEqualTo(comparable(export(key, "?status=all&format=ndjson&sort=number")));
  }

  private static String comparable(String ndjson) {
    return ndjson.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]{4}-[0-9-]+T[0-9:.]+Z", "?");
  }

  private static JsonObject object(String line) {
    try (var reader = jakarta.json.Json.createReader(new java.io.StringReader(line))) {
      return reader.readObject();
    }
  }

  private String events() {
    return control
        .sql(
            "SELECT count(*) AS n FROM audit_event e JOIN organisation o ON o.id ="
                + " e.organisation_id WHERE o.domain = '"
                + organisation
                + "' AND e.action IN ('SUPPLIER_CREATED', 'SUPPLIER_CHANGED')")
        .toString();
  }

  @Test
  void exportRefusesWhatItDoesNotKnow() {
    for (String query :
        List.of(
            "?format=xml",
            "?dialect=excel",
            "?format=ndjson&dialect=plain",
            "?fields=name",
            "?limit=5",
            "?location=Nowhere",
            "?status=none")) {
      assertProblem(get(key, "/suppliers/export" + query), 422, "invalid");
    }
    Key blind = control.key(Control.wish().in(organisation).scopes("suppliers:write"));
    assertProblem(get(blind, "/suppliers/export"), 403, "insufficient_scope");
  }

  @Test
  void fileOfASpreadsheetProgramIsImportedOnceHoweverOftenItIsSent() {
    byte[] file =
        ("Name;External ID;City;Country;Tags\r\n"
                + "Müller GmbH;E1;Köln;DE;\"a\nb\"\r\n"
                + ";E2;;;\r\n"
                + "Ümlaut AG;;Wien;at;\r\n"
                + "Dritte;E3;Bern;Schweiz;\r\n")
            .getBytes(Charset.forName("windows-1252"));

    JsonObject dry = imported(key, file, "dry_run", "true");
    counts(dry, 2, 0, 0, 2);
    assertThat(dry.getBoolean("dry_run")).isTrue();
    assertThat(export(key, "?status=all").lines()).as("nothing was written").hasSize(1);

    JsonObject first = imported(key, file);
    counts(first, 2, 0, 0, 2);
    assertThat(first.getString("file_name")).isEqualTo("Händler.csv");
    assertThat(first.getJsonObject("created_by").getString("id")).isEqualTo(key.id());
    String before = events();
    counts(imported(key, file), 0, 0, 2, 2);
    assertThat(events()).as("the same file changes nothing").isEqualTo(before);

    Answer result = get(key, "/supplier-imports/" + first.getString("id") + "/result");
    assertThat(result.header("Content-Type").orElse("")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(result.body().lines().toList())
        .containsExactly(
            "\uFEFF\"import_line\";\"import_reason\";\"Name\";\"External ID\";\"City\";\"Country\";\"Tags\"",
            "\"4\";\"name must be given\";\"\";\"E2\";\"\";\"\";\"\"",
            "\"6\";\"country must be a country's code of two letters (ISO 3166-1), such as DE\""
                + ";\"Dritte\";\"E3\";\"Bern\";\"Schweiz\";\"\"");
    String corrected = result.body().replace("Schweiz", "CH").replace("\"E2\"", "\"E1\"");
    counts(imported(key, utf8(corrected)), 1, 0, 0, 1);

    JsonObject supplier =
        get(key, "/suppliers?status=all&external_id=E1")
            .json()
            .getJsonArray("data")
            .getJsonObject(0);
    assertThat(supplier.getJsonArray("tags")).hasToString("[\"a\",\"b\"]");
    assertThat(supplier.getString("country")).isEqualTo("DE");
    JsonObject change =
        get(key, "/suppliers/" + supplier.getString("id") + "/changes")
            .json()
            .getJsonArray("data")
            .getJsonObject(0);
    assertThat(change.getJsonObject("actor").getString("name")).isEqualTo("ERP");
    counts(imported(key, utf8("external_id,currency\nE1,chf\n")), 0, 1, 0, 0);
    assertThat(get(key, "/suppliers/" + supplier.getString("id")).json().getString("currency"))
        .isEqualTo("CHF");

    JsonObject list = get(key, "/supplier-imports?limit=1&count=true").json();
    assertThat(list.getJsonObject("page").getInt("total")).isEqualTo(5);
    String cursor = list.getJsonObject("page").getString("next_cursor");
    assertThat(get(key, "/supplier-imports?cursor=" + cursor).json().getJsonArray("data"))
        .hasSize(4);
    assertThat(
            get(
                    control.key(Control.wish().in(organisation).scopes("audit-log:read")),
                    "/audit-events?action=SUPPLIER_IMPORT_FINISHED&limit=1")
                .body())
        .contains("\"created\":\"0\"", "\"updated\":\"1\"", "Händler.csv");
  }

  @Test
  void rowsOfAFileAreDoneOneAfterTheOther() {
    String file =
        """
        number,external_id,name,identifiers
        N1,E1,One,vat:DE136695976
        N1,E1,One again,
        N2,E2,Two,vat:DE136695976
        N3,E1,Three,
        N2,E9,Not two,
        N4,E4,Four,vat:DE136695976
        N4,,Four again,vat:DE136695976
        N5,E5,Five,
        N5,,Five again,
        """;

    counts(imported(key, utf8(file)), 3, 3, 0, 3);
    assertThat(
            get(key, "/suppliers?status=all&fields=number,external_id,name,version&sort=number")
                .json()
                .getJsonArray("data")
                .getValuesAs(JsonObject.class))
        .extracting(
            s ->
                s.getString("number")
                    + s.getString("external_id", "-")
                    + s.getString("name")
                    + s.getInt("version"))
        .containsExactly("N2E2Two0", "N3E1Three2", "N5-Five again1");
  }

  @Test
  void largeFileIsDoneInPieces() {
    String rows =
        IntStream.range(0, 1_200)
            .mapToObj(i -> "E%d,Supplier %d,%s".formatted(i, i, i % 400 == 7 ? "ZZZ" : "EUR"))
            .collect(Collectors.joining("\n"));

    JsonObject done = imported(key, utf8("external_id,name,currency\n" + rows));

    counts(done, 1_197, 0, 0, 3);
    assertThat(get(key, "/supplier-imports/" + done.getString("id") + "/result").body().lines())
        .hasSize(4);
    assertThat(export(key, "?status=all&q=Supplier").lines()).hasSize(1_198);
    assertThat(get(key, "/suppliers?status=all&count=true&limit=1").json().getJsonObject("page"))
        .containsEntry("total", jakarta.json.Json.createValue(1_197));
  }

  /** Rows with the tag {@code fault} cannot be written meanwhile, so that their import waits. */
  private void duringAFault(Runnable work) {
    String of =
        control
            .sql("SELECT id FROM organisation WHERE domain = '" + organisation + "'")
            .get(0)
            .getString("id");
    String constraint = "fault_" + of.replace('-', '_');
    control.sql(
        "ALTER TABLE supplier_term ADD CONSTRAINT %s CHECK (organisation_id <> '%s' OR term <> 'fault')"
            .formatted(constraint, of));
    try {
      work.run();
    } finally {
      control.sql("ALTER TABLE supplier_term DROP CONSTRAINT " + constraint);
    }
  }

  /** As after a crash: what a piece had done is undone, and the import goes on at that piece. */
  @Test
  void pieceThatFailsIsDoneOnceWhenItCanBeDone() {
    String rows =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "Supplier %d,%s".formatted(i, i == 900 ? "fault" : "fine"))
            .collect(Collectors.joining("\n"));
    List<JsonObject> begun = new ArrayList<>();
    duringAFault(
        () -> {
          begun.add(send(key, utf8("name,tags\n" + rows)).json());
          String id = begun.get(0).getString("id");
          Eventually.within(
              Duration.ofMinutes(1),
              () ->
                  assertThat(
                          control.sql(
                              "SELECT id FROM supplier_import WHERE failures > 0 AND id = '"
                                  + id
                                  + "'"))
                      .hasSize(1));
          assertThat(get(key, "/supplier-imports/" + id).json().getInt("created")).isEqualTo(500);
          assertThat(export(key, "?status=all").lines()).hasSize(501);
        });

    counts(finished(key, begun.get(0)), 1_000, 0, 0, 0);

    assertThat(export(key, "?status=all").lines()).hasSize(1_001);
    assertThat(events()).contains("1000");
  }

  /** The answer of the first request may have been lost on its way. */
  @Test
  void repeatedRequestGetsItsAnswerWhileNoFurtherImportMayBegin() {
    duringAFault(
        () -> {
          Answer first = keyed("a", utf8("name,tags\nA,fault\n"));
          assertThat(keyed("b", utf8("name,tags\nB,fault\n")).status()).isEqualTo(202);
          assertProblem(keyed("c", utf8("name,tags\nC,fault\n")), 409, "conflict");

          Answer again = keyed("a", utf8("name,tags\nA,fault\n"));

          assertThat(again.status()).as(again.body()).isEqualTo(202);
          assertThat(again.json().getString("id")).isEqualTo(first.json().getString("id"));
        });
  }

  @Test
  void repeatedRequestBeginsNoSecondImport() {
    byte[] file = utf8("name\nOnce\n");
    Answer first = keyed("a", file);
    finished(key, first.json());

    Answer again = keyed("a", file);

    assertThat(first.status()).as(first.body()).isEqualTo(202);
    assertThat(again.status()).as(again.body()).isEqualTo(202);
    assertThat(again.json().getString("id")).isEqualTo(first.json().getString("id"));
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(keyed("a", utf8("name\nTwice\n")).status()).isEqualTo(422);
    assertThat(keyed("a", file, "dry_run", "true").status()).isEqualTo(422);
    assertThat(get(key, "/supplier-imports").json().getJsonArray("data")).hasSize(1);
  }

  private Answer keyed(String idempotencyKey, byte[] file, String... others) {
    return api.send(
        "POST",
        "/api/v1/supplier-imports",
        BodyPublishers.ofByteArray(parts(file, others)),
        "Authorization",
        "Bearer " + key.secret(),
        "Content-Type",
        Multipart.TYPE,
        "Idempotency-Key",
        idempotencyKey);
  }

  @Test
  void ownerWhoIsGoneHindersNoChangeAndNoRoundTrip() {
    String owner = "gone-" + organisation + "@example.com";
    control.user(organisation, owner, "VIEWER", "correct horse battery");
    String id =
        control.sql("SELECT id FROM app_user WHERE email = '" + owner + "'").get(0).getString("id");
    json("/suppliers", "{\"name\": \"Owned\", \"owners\": [{\"id\": \"" + id + "\"}]}");
    String before = export(key, "?status=all");
    assertThat(before).contains(id);
    control.sql("DELETE FROM app_user WHERE id = '" + id + "'");

    String after = export(key, "?status=all");
    assertThat(after).doesNotContain(id);
    counts(imported(key, utf8(after)), 0, 0, 1, 0);
    counts(imported(key, utf8(before)), 0, 0, 1, 0);
    counts(imported(key, utf8("number,currency\nS-000001,EUR\n")), 0, 1, 0, 0);
    JsonObject elsewhere = imported(key, utf8("name,owners\nAnother," + id + "\n"));
    counts(elsewhere, 0, 0, 0, 1);
    assertThat(get(key, "/supplier-imports/" + elsewhere.getString("id") + "/result").body())
        .contains("owners[0].id is not the id of one of the owners");
  }

  @Test
  void importStopsWithItsKey() {
    List<Answer> begun = new ArrayList<>();
    Key ending = control.key(Control.wish().in(organisation).named("Ending").scopes(ALL));
    byte[] file = utf8("name\n" + "A\n".repeat(30_000));
    begun.add(send(ending, file));
    assertThat(begun.get(0).status()).as(begun.get(0).body()).isEqualTo(202);
    begun.add(send(key, utf8("name\nB\n")));
    assertThat(begun.get(1).status()).isEqualTo(202);
    control.revoke(ending);

    JsonObject stopped = finished(key, begun.get(0).json());

    assertThat(stopped.getString("state")).isEqualTo("stopped");
    assertThat(stopped.getString("reason")).isEqualTo("Ending may no longer write suppliers.");
    counts(finished(key, begun.get(1).json()), 1, 0, 0, 0);
  }

  @Test
  void badFileIsRefusedWithItsReason() {
    refused(send(key, utf8("")), "is empty");
    refused(send(key, utf8("name\n\n")), "no rows");
    refused(send(key, utf8("colour\nred\n")), "names of columns");
    refused(send(key, utf8("name,colour\nA,red\n")), "unknown column: colour");
    refused(send(key, new byte[] {'P', 'K', 3, 4, 1, 2}), "workbook");
    refused(send(key, new byte[] {'n', 0, 1}), "not text");
    refused(send(key, utf8("name\n\"A\nB\n")), "quotation mark");
    assertProblem(send(key, utf8("name\nA\n"), "dry_run", "perhaps"), 422, "invalid");
    assertProblem(send(key, utf8("name\nA\n"), "colour", "red"), 422, "invalid");
    assertProblem(
        post(key, "/supplier-imports", Multipart.TYPE, Multipart.empty()), 422, "invalid");
    assertProblem(
        post(key, "/supplier-imports", "text/csv", utf8("name\nA\n")),
        415,
        "unsupported_media_type");
    assertProblem(
        post(key, "/supplier-imports", "multipart/form-data", utf8("name\nA\n")),
        400,
        "malformed_request");
    byte[] cut = parts(utf8("name\nA\n"));
    assertProblem(
        post(
            key, "/supplier-imports", Multipart.TYPE, java.util.Arrays.copyOf(cut, cut.length - 9)),
        400,
        "malformed_request");
    assertThat(get(key, "/supplier-imports").json().getJsonArray("data")).isEmpty();
    Key reader = control.key(Control.wish().in(organisation));
    assertProblem(send(reader, utf8("name\nA\n")), 403, "insufficient_scope");
    String foreign = imported(keyOf(control.organisation()), utf8("name\nA\n")).getString("id");
    for (String path : List.of("", "/result")) {
      assertProblem(get(key, "/supplier-imports/" + foreign + path), 404, "not_found");
    }
  }

  private static void refused(Answer answer, String why) {
    assertProblem(answer, 422, "invalid");
    assertThat(answer.json().getString("detail")).startsWith("file: ").contains(why);
  }
}
