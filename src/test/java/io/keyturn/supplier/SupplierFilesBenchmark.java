package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * How quick suppliers are exported and imported on PostgreSQL, beside its own {@code COPY} of the
 * same rows, in turn: {@code mvn verify -Pbenchmark -Dit.test=SupplierFilesBenchmark}. The first
 * round warms up and does not count.
 */
class SupplierFilesBenchmark {
  private static final int ROWS = Integer.getInteger("keyturn.benchmark.suppliers", 20_000);
  private static final int ROUNDS = Integer.getInteger("keyturn.benchmark.rounds", 5);

  /** The tables that an import writes, each before those that refer to it. */
  private static final List<String> TABLES =
      List.of("supplier", "supplier_term", "supplier_location", "supplier_change", "audit_event");

  @Test
  @Timeout(value = 120, unit = TimeUnit.MINUTES)
  void filesBesideCopy() throws Exception {
    Path home = Files.createTempDirectory("keyturn-files");
    Map<String, String> settings = TestDatabase.POSTGRESQL.create(home);
    KeyturnServer made =
        KeyturnServer.named("files-benchmark")
            .setting("JVM_ARGS", "-Xmx384m")
            .setting("KEYTURN_DEMO_SUPPLIERS", "0");
    settings.forEach(made::setting);
    try (KeyturnServer started = made.start();
        Connection connection =
            DriverManager.getConnection(
                settings.get("KEYTURN_DATABASE_URL"), "postgres", "postgres")) {
      Run run =
          new Run(
              started,
              connection,
              connection.unwrap(PGConnection.class).getCopyAPI(),
              HttpClient.newHttpClient());
      Map<String, List<Double>> ratios = new TreeMap<>();
      for (int round = 0; round <= ROUNDS; round++) {
        run.round(round, ratios);
      }
      ratios.forEach(
          (what, values) ->
              Run.say(
                  "%s: %.2f of the rate of COPY (median of %d rounds)",
                  what, Run.median(values), ROUNDS));
    }
  }

  /** The server and its database. */
  private record Run(
      KeyturnServer server, Connection database, CopyManager copy, HttpClient client) {

    void round(int round, Map<String, List<Double>> ratios) throws Exception {
      String organisation = server.control().organisation();
      Key key =
          server
              .control()
              .key(Control.wish().in(organisation).scopes("suppliers:read suppliers:write"));
      double imported = imported(key);
      Map<String, byte[]> rows = rows(organisation);
      double copiedOne = copiedIn(organisation, rows, List.of("supplier"));
      double copied = copiedIn(organisation, rows, TABLES);
      sql("ANALYZE supplier");
      double csv = exported(key, "csv");
      double out = copiedOut(organisation);
      double ndjson = exported(key, "ndjson");
      say(
          "round %d: import %.0f rows/s, COPY of its %d rows in all tables %.0f, of table supplier"
              + " alone %.0f; export CSV %.0f, NDJSON %.0f, COPY %.0f",
          round, imported, ROWS, copied, copiedOne, csv, ndjson, out);
      if (round > 0) {
        note(ratios, "import, all tables", imported / copied);
        note(ratios, "import, table supplier", imported / copiedOne);
        note(ratios, "export, CSV", csv / out);
        note(ratios, "export, NDJSON", ndjson / out);
      }
    }

    private static void note(Map<String, List<Double>> ratios, String what, double ratio) {
      ratios.computeIfAbsent(what, w -> new ArrayList<>()).add(ratio);
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static void say(String format, Object... values) {
      System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static double rate(Callable<?> work) throws Exception {
      long start = System.nanoTime();
      work.call();
      return ROWS * 1e9 / (System.nanoTime() - start);
    }

    private HttpRequest.Builder request(Key key, String path) {
      return HttpRequest.newBuilder(URI.create(server.uri("/api/v1" + path).toString()))
          .header("Authorization", "Bearer " + key.secret());
    }

    /**
     * From its start to its end as the server tells them, which leaves out the wait for the timer.
     */
    private double imported(Key key) throws Exception {
      String begin =
          "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
      HttpResponse<String> answer =
          client.send(
              request(key, "/supplier-imports")
                  .header("Content-Type", "multipart/form-data; boundary=b")
                  .POST(BodyPublishers.ofString(begin + file() + "\r\n--b--\r\n"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      JsonObject now = json(answer.body());
      String path = "/supplier-imports/" + now.getString("id");
      while (now.isNull("finished_at")) {
        Thread.sleep(200);
        now = json(client.send(request(key, path).build(), BodyHandlers.ofString()).body());
      }
      assertThat(now.getInt("created")).as(now.toString()).isEqualTo(ROWS);
      return ROWS
          * 1e9
          / Duration.between(
                  Instant.parse(now.getString("started_at")),
                  Instant.parse(now.getString("finished_at")))
              .toNanos();
    }

    private static JsonObject json(String text) {
      try (var reader = Json.createReader(new java.io.StringReader(text))) {
        return reader.readObject();
      }
    }

    private static String file() {
      StringBuilder csv =
          new StringBuilder(
              "external_id,name,legal_name,address_lines,postal_code,city,country,contact_name,"
                  + "contact_email,identifiers,categories,tags,currency,payment_terms\n");
      for (int i = 0; i < ROWS; i++) {
        csv.append(
            ("E%1$d,Supplier %1$d,Supplier %1$d GmbH,Hauptstraße %1$d,%2$05d,Köln,DE,Ada %1$d,"
                    + "ada%1$d@example.com,duns:%3$09d,cpv:60100000 | Road,freight,EUR,Net 30\n")
                .formatted(i, i % 100_000, i));
      }
      return csv.toString();
    }

    private double exported(Key key, String format) throws Exception {
      return rate(
          () -> {
            HttpResponse<InputStream> answer =
                client.send(
                    request(key, "/suppliers/export?status=all&format=" + format).build(),
                    BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (InputStream body = answer.body()) {
              long length = body.transferTo(OutputStream.nullOutputStream());
              assertThat(length).isGreaterThan(ROWS * 100L);
            }
            return null;
          });
    }

    private double copiedOut(String organisation) throws Exception {
      return rate(() -> copyOut("supplier", organisation, " ORDER BY sort_name, id"));
    }

    private byte[] copyOut(String table, String organisation, String order) {
      try (var bytes = new java.io.ByteArrayOutputStream()) {
        copy.copyOut(
            "COPY (SELECT t.* FROM %s t JOIN organisation o ON o.id = t.organisation_id WHERE o.domain = '%s'%s) TO STDOUT (FORMAT csv)"
                .formatted(table, organisation, order),
            bytes);
        return bytes.toByteArray();
      } catch (SQLException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private Map<String, byte[]> rows(String organisation) {
      Map<String, byte[]> rows = new TreeMap<>();
      TABLES.forEach(table -> rows.put(table, copyOut(table, organisation, "")));
      return rows;
    }

    /** Deletes the rows of an organisation, and lets PostgreSQL copy them in again. */
    private double copiedIn(String organisation, Map<String, byte[]> rows, List<String> tables)
        throws Exception {
      String of = " WHERE organisation_id = (SELECT id FROM organisation WHERE domain = '%s')";
      for (int i = TABLES.size() - 1; i >= 0; i--) {
        sql("DELETE FROM " + TABLES.get(i) + of.formatted(organisation));
      }
      for (String table : TABLES) {
        sql("VACUUM ANALYZE " + table);
      }
      return rate(
          () -> {
            for (String table : tables) {
              copy.copyIn(
                  "COPY " + table + " FROM STDIN (FORMAT csv)",
                  new ByteArrayInputStream(rows.get(table)));
            }
            return null;
          });
    }

    private void sql(String statement) throws SQLException {
      try (Statement run = database.createStatement()) {
        run.execute(statement);
      }
    }
  }
}
