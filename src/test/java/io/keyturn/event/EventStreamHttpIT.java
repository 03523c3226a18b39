package io.keyturn.event;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Manager;
import io.keyturn.support.StreamClient;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The live stream of the feed. */
class EventStreamHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String PATH = "/api/v1/events/stream";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final Control control = SERVER.control();
  private final String organisation = control.organisation();
  private final Key reader =
      control.key(Control.wish().in(organisation).scopes("events:read api-keys:read"));
  private final List<StreamClient> clients = new ArrayList<>();

  @AfterEach
  void close() {
    clients.forEach(StreamClient::close);
  }

  private StreamClient follow(String secret, String query, String... headers) {
    StreamClient client = new StreamClient(SERVER.uri(PATH + query), secret, headers);
    clients.add(client);
    return client;
  }

  private void another(String name) {
    control.key(Control.wish().in(organisation).named(name));
  }

  private static void await(Runnable assertion) {
    Eventually.within(SOON, assertion);
  }

  @Test
  void eventsComeAsTheyHappenAsTheFeedHasThem() {
    StreamClient client = follow(reader.secret(), "");
    assertThat(client.response().statusCode()).isEqualTo(200);
    assertThat(client.response().headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    another("ERP");
    another("CRM");

    await(() -> assertThat(client.all("data")).hasSize(2));

    List<String> feed =
        SERVER.api().get("/api/v1/events", reader.secret()).json().getJsonArray("data").stream()
            .skip(1)
            .map(Object::toString)
            .toList();
    assertThat(client.all("data")).isEqualTo(feed);
    assertThat(client.all("event")).containsExactly("api_key.created", "api_key.created");
    assertThat(client.all("id")).allMatch(id -> id.startsWith("evt_"));
  }

  @Test
  void clientGoesOnAfterTheLastEventThatItHas() {
    StreamClient first = follow(reader.secret(), "");
    another("A");
    await(() -> assertThat(first.all("id")).hasSize(1));
    first.close();
    another("B");
    another("C");

    StreamClient second = follow(reader.secret(), "", "Last-Event-ID", first.all("id").get(0));

    await(() -> assertThat(second.all("data")).hasSize(2));
    assertThat(second.all("data").get(0)).contains("\"B\"");
    assertThat(second.all("data").get(1)).contains("\"C\"");
  }

  @Test
  void streamEndsWithItsKey() {
    StreamClient client = follow(reader.secret(), "");

    control.revoke(reader);

    await(() -> assertThat(client.ended()).isTrue());
  }

  @Test
  void streamEndsWithItsSecret() {
    StreamClient client = follow(reader.secret(), "");
    StreamClient other = follow(control.refresh(reader, Duration.ofSeconds(3)).secret(), "");

    await(() -> assertThat(client.ended()).isTrue());
    assertThat(other.ended()).isFalse();
  }

  /** Known when the stream begins, or set while it goes on. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void streamEndsAtThePlannedEndOfItsKey(boolean atFirst) {
    Manager manager =
        new Manager(SERVER, organisation, "events:read api-keys:read api-keys:manage");
    Instant now = control.now().truncatedTo(ChronoUnit.SECONDS);
    String wish = "{\"name\":\"Trial\",\"scopes\":[\"events:read\"],\"expires_at\":\"%s\"}";
    JsonObject created =
        Manager.ok(
            manager.post("", wish.formatted(now.plus(Duration.ofMinutes(atFirst ? 2 : 60)))), 201);
    StreamClient client = follow(created.getString("secret"), "");
    StreamClient other = follow(reader.secret(), "");
    if (!atFirst) {
      Manager.ok(
          manager.change(
              created.getJsonObject("api_key").getString("id"),
              "{\"expires_at\":\"" + now.plus(Duration.ofMinutes(2)) + "\"}"),
          200);
    }
    another("It is told of");
    await(() -> assertThat(other.all("data")).isNotEmpty());
    assertThat(client.ended()).isFalse();

    control.turn(Duration.ofMinutes(2));

    await(() -> assertThat(client.ended()).isTrue());
    assertThat(other.ended()).isFalse();
  }

  /** Its connection takes a part of the events, until it is full. */
  @Test
  void clientThatTakesNothingDelaysNoOtherAndIsEnded() throws IOException {
    String first = eventsAfter("").get(0);
    int many = 450;
    control.keys(organisation, many);
    control.sql(
        "UPDATE audit_event SET details = '{\"reason\":\"' || REPEAT('a', 15000) || '\"}' WHERE"
            + " action = 'API_KEY_CREATED' AND organisation_id = (SELECT o.id FROM organisation o"
            + " WHERE o.domain = '%s')".formatted(organisation));
    try (Socket deaf = new Socket()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress("127.0.0.1", SERVER.uri(PATH).getPort()));
      deaf.getOutputStream()
          .write(
              ("GET %s?after=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Authorization: Bearer %s\r\n\r\n")
                  .formatted(PATH, first, reader.secret())
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(deaf.getInputStream().read()).isEqualTo('H');

      StreamClient other = follow(reader.secret(), "?after=" + first);
      await(() -> assertThat(other.all("id")).hasSize(many));
      another("Later");
      await(() -> assertThat(other.all("id")).hasSize(many + 1));

      control.turn(Duration.ofSeconds(61));
      another("After its end");
      await(() -> assertThat(other.all("id")).hasSize(many + 2));
      deaf.setSoTimeout((int) SOON.toMillis());
      String taken = new String(deaf.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(taken).contains("id: evt_").doesNotContain("Later", "After its end");
      assertThat(other.ended()).isFalse();
    }
  }

  private List<String> eventsAfter(String query) {
    return SERVER
        .api()
        .get("/api/v1/events" + query, reader.secret())
        .json()
        .getJsonArray("data")
        .getValuesAs(JsonObject.class)
        .stream()
        .map(event -> event.getString("id"))
        .toList();
  }

  /** Each change of a key is an event, upon which its streams are checked. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"scopes\":[\"api-keys:read\"]}", "{\"networks\":[\"192.0.2.0/24\"]}"})
  void streamEndsWhenItsKeyMayNoLongerFollow(String change) {
    Key manager =
        control.key(
            Control.wish().in(organisation).scopes("events:read api-keys:read api-keys:manage"));
    StreamClient client = follow(reader.secret(), "");
    StreamClient other = follow(manager.secret(), "");

    Answer changed =
        SERVER
            .api()
            .send(
                "PATCH",
                "/api/v1/api-keys/" + reader.id(),
                BodyPublishers.ofString(change),
                "Authorization",
                "Bearer " + manager.secret(),
                "Content-Type",
                "application/json",
                "If-Match",
                "*");

    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    await(() -> assertThat(client.ended()).isTrue());
    assertThat(other.ended()).isFalse();
  }

  @Test
  void organisationHasFiftyStreamsAtMostAndTheyCostNoThreads() throws IOException {
    long threads = threads();
    for (int i = 0; i < 10; i++) {
      Key key = control.key(Control.wish().in(organisation).scopes("events:read"));
      for (int n = 0; n < 5; n++) {
        assertThat(follow(key.secret(), "").response().statusCode()).isEqualTo(200);
      }
    }
    assertThat(threads() - threads).as("further threads for 50 streams").isLessThan(25);

    assertProblem(SERVER.api().get(PATH, reader.secret()), 429, "rate_limited");
    Key elsewhere =
        control.key(Control.wish().in(control.organisation()).scopes("events:read api-keys:read"));
    assertThat(follow(elsewhere.secret(), "").response().statusCode()).isEqualTo(200);
  }

  /** The threads of the server where the system shows them; else 0. */
  private static long threads() throws IOException {
    Path tasks = Path.of("/proc", Long.toString(SERVER.process().pid()), "task");
    if (!Files.exists(tasks)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(tasks)) {
      return all.count();
    }
  }

  @Test
  void keyHasFiveStreamsAtMost() {
    for (int i = 0; i < 5; i++) {
      assertThat(follow(reader.secret(), "").response().statusCode()).isEqualTo(200);
    }
    assertProblem(SERVER.api().get(PATH, reader.secret()), 429, "rate_limited");
    clients.forEach(StreamClient::close);
    another("Something to send, by which the server sees who has gone");

    await(() -> assertThat(follow(reader.secret(), "").response().statusCode()).isEqualTo(200));
  }

  @Test
  void wrongRequestsAreProblems() {
    assertProblem(SERVER.api().get(PATH + "?after=1", reader.secret()), 422, "invalid");
    assertProblem(SERVER.api().get(PATH + "?type=eaten", reader.secret()), 422, "invalid");
    assertProblem(SERVER.api().get(PATH, "nonsense"), 401, "unauthenticated");
    Key none = control.key(Control.wish().in(organisation));
    assertProblem(SERVER.api().get(PATH, none.secret()), 403, "insufficient_scope");
  }
}
