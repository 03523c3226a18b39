package io.keyturn.event;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.StreamClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
