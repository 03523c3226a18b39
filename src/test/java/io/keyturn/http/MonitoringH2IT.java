package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.WebhookReceiver;
import io.keyturn.support.WebhookReceiver.Received;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Metrics, traces and the log as lines of JSON, as src/docs/operating.md switches them on. */
class MonitoringH2IT {
  private static final Pattern SERVER_XML =
      Pattern.compile("```xml\n(<server>.*?</server>)\n", Pattern.DOTALL);
  private static final Pattern EXPORT = Pattern.compile("(?m)^export (OTEL_\\w+)=(.*)$");
  private static final KeyturnServer SERVER =
      KeyturnServer.named("monitored").setting("WLP_LOGGING_CONSOLE_FORMAT", "JSON");
  private static final WebhookReceiver COLLECTOR = new WebhookReceiver();

  @BeforeAll
  static void start() throws IOException {
    String guide = Files.readString(Path.of("src/docs/operating.md"));
    List<MatchResult> files = SERVER_XML.matcher(guide).results().toList();
    assertThat(files).hasSize(2);
    for (int i = 0; i < files.size(); i++) {
      SERVER.override("monitoring-" + i + ".xml", files.get(i).group(1));
    }
    List<MatchResult> exports = EXPORT.matcher(guide).results().toList();
    assertThat(exports).hasSize(3);
    exports.forEach(export -> SERVER.setting(export.group(1), export.group(2)));
    SERVER
        // MicroProfile Config writes a name in capitals by the language's rules: in Turkish
        // DİSABLED.
        .without("JVM_ARGS")
        .setting("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:" + COLLECTOR.port())
        .setting("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")
        .setting("OTEL_METRIC_EXPORT_INTERVAL", "2000")
        .start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
    COLLECTOR.close();
  }

  @Test
  void metricsArePublishedForPrometheus() {
    SERVER.api().send("GET", "/api/v1/status");

    Answer metrics = SERVER.api().send("GET", "/metrics");

    assertThat(metrics.status()).isEqualTo(200);
    assertThat(metrics.body()).contains("memory_usedHeap_bytes", "threadpool_size");
  }

  @Test
  void requestsAreTracedWithoutTheirSecrets() {
    Key key = SERVER.control().key();

    SERVER.api().me(key.secret());

    Eventually.within(
        Duration.ofSeconds(30),
        () -> assertThat(told()).contains("/api/v1/me").contains("keyturn"));
    assertThat(told()).doesNotContain(key.secret());
  }

  private static String told() {
    return COLLECTOR.received().stream().map(Received::body).collect(Collectors.joining());
  }

  @Test
  void lineOfARequestHasItsContextInMembersOfItsOwn() {
    Key key = SERVER.control().key();
    Answer answer = SERVER.api().get("/api/v1/test/fail-for-key", key.secret());
    String id = answer.header("X-Request-Id").orElseThrow();

    Eventually.within(
        Duration.ofSeconds(5),
        () -> {
          String line =
              SERVER
                  .log()
                  .lines()
                  .filter(l -> l.startsWith("{") && l.contains("request " + id + " failed"))
                  .findFirst()
                  .orElse("{}");
          try (JsonReader reader = Json.createReader(new StringReader(line))) {
            JsonObject json = reader.readObject();
            assertThat(json.getString("ext_request_id", "")).isEqualTo(id);
            assertThat(json.getString("ext_organisation", "")).isEqualTo("demo");
            assertThat(json.getString("ext_api_key", "")).isEqualTo(key.id());
          }
        });
  }
}
