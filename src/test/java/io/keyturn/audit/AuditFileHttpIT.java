package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit logs in a file of the operator, through a log rotation and {@code kill -9}. */
class AuditFileHttpIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir private static Path folder;
  private static Path file;
  private static KeyturnServer server;

  @BeforeAll
  static void start() {
    file = folder.resolve("audit.jsonl");
    server =
        KeyturnServer.named("audit-file")
            .on(TestDatabase.current())
            .setting("KEYTURN_AUDIT_FILE", file.toString())
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** All that was written so far, also to files that were moved away; broken lines are left out. */
  private static List<JsonObject> lines() {
    List<JsonObject> lines = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path each : files.sorted().toList()) {
        for (String line : Files.readString(each).split("\n", -1)) {
          try (var reader = Json.createReader(new StringReader(line))) {
            lines.add(reader.readObject());
          } catch (JsonException e) {
            // The end of the file, or what a kill has left of a line.
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static List<JsonObject> of(String organisation) {
    return lines().stream()
        .filter(line -> line.getString("organisation").equals(organisation))
        .toList();
  }

  private static List<JsonObject> log(Key reader) {
    List<JsonObject> log =
        new ArrayList<>(
            server
                .api()
                .get("/api/v1/audit-events?limit=200", reader.secret())
                .json()
                .getJsonArray("data")
                .getValuesAs(JsonObject.class));
    Collections.reverse(log);
    return log;
  }

  private static JsonObject asInTheApi(JsonObject line) {
    Map<String, Object> members = new TreeMap<>(line);
    members.keySet().removeAll(List.of("organisation", "organisation_id", "mac"));
    return Json.createObjectBuilder(members).build();
  }

  private static Key auditor(String organisation) {
    return server
        .control()
        .key(Control.wish().in(organisation).named("SIEM").scopes("audit-log:read"));
  }

  @Test
  void eachEventOfEachOrganisationIsALineAsInTheApi() {
    for (String organisation :
        List.of(server.control().organisation(), server.control().organisation())) {
      Key auditor = auditor(organisation);
      server.control().key(Control.wish().in(organisation).named("quotes \"and\" more"));
      List<JsonObject> log = log(auditor);

      Eventually.within(
          SOON,
          () ->
              assertThat(of(organisation).stream().map(AuditFileHttpIT::asInTheApi))
                  .containsExactlyElementsOf(log));

      JsonObject last = of(organisation).get(log.size() - 1);
      String noted = last.getInt("sequence") + ":" + last.getString("mac");
      assertThat(
              server
                  .api()
                  .get("/api/v1/audit-events/verification?noted=" + noted, auditor.secret())
                  .status())
          .as("a line names its event to a verification")
          .isEqualTo(200);
    }
    assertThat(lines().toString()).doesNotContain("kt_live_", KeyturnServer.ADMIN_PASSWORD);
  }

  @Test
  void eventsGoOnInANewFileWhenTheFileIsMovedAway() throws IOException {
    String organisation = server.control().organisation();
    auditor(organisation);
    Eventually.within(SOON, () -> assertThat(of(organisation)).isNotEmpty());
    Path moved = folder.resolve("audit.jsonl." + organisation);
    Files.move(file, moved);

    server.control().key(Control.wish().in(organisation).named("After"));

    Eventually.within(SOON, () -> assertThat(file).content().contains("\"After\""));
    assertThat(moved).content().doesNotContain("\"After\"");
  }

  /** An event may stand twice after a kill; none is missing, and none is another. */
  @Test
  void killLosesNothing() throws Exception {
    String organisation = server.control().organisation();
    Key auditor = auditor(organisation);
    Thread writer = new Thread(() -> write(organisation));
    writer.start();
    server.await("writing", () -> of(organisation).size() >= 20);
    server.kill();
    writer.join();
    server.start();
    Map<Long, JsonObject> log = new LinkedHashMap<>();
    long newest = log(auditor).stream().mapToLong(e -> e.getInt("sequence")).max().orElseThrow();

    Eventually.within(
        SOON,
        () -> {
          log.clear();
          for (JsonObject line : of(organisation)) {
            JsonObject before = log.put(line.getJsonNumber("sequence").longValue(), line);
            assertThat(before == null || before.equals(line)).isTrue();
          }
          assertThat(log.keySet()).containsAll(LongStream.rangeClosed(1, newest).boxed().toList());
        });
  }

  private static void write(String organisation) {
    try {
      while (true) {
        server.control().key(Control.wish().in(organisation));
      }
    } catch (AssertionError e) {
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
    }
  }
}
