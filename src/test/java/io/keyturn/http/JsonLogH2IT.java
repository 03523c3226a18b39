package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The log as lines of JSON, as src/docs/operating.md tells to switch it on. */
class JsonLogH2IT {
  private static final KeyturnServer SERVER =
      KeyturnServer.named("json-log").setting("WLP_LOGGING_CONSOLE_FORMAT", "JSON");

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
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
