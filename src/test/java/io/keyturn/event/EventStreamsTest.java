package io.keyturn.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Caller;
import io.keyturn.access.Reach;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.support.Fields;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** One timer for all clients, with clients that are only played. */
class EventStreamsTest {
  private static final OrganisationId ORGANISATION = new OrganisationId(UUID.randomUUID());
  private static final Instant BEGIN = Instant.parse("2026-11-27T12:00:00Z");

  private final EventStreams streams = new EventStreams();
  private final List<Client> asked = new ArrayList<>();
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int events;

  EventStreamsTest() {
    Fields.set(streams, "clock", Clock.fixed(BEGIN, ZoneOffset.UTC));
    Fields.set(streams, "feed", new Feed());
    Fields.set(streams, "access", new Always());
    Fields.set(streams, "settings", new EventStreamSettings(3));
    Fields.set(streams, "senders", new Shares(waiting::add, 8));
    Fields.set(
        streams,
        "scheduler",
        played(
            ManagedScheduledExecutorService.class,
            (proxy, method, arguments) -> {
              ((Runnable) arguments[0]).run();
              return null;
            }));
  }

  private static <T> T played(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** A feed of so many events. */
  private final class Feed extends EventFeed {
    @Override
    public long newest(OrganisationId organisation) {
      return events;
    }

    @Override
    public Part<EventView> after(Reach reach, Set<EventType> types, long after, int limit) {
      long last = Math.min(events, after + limit);
      List<EventView> part =
          LongStream.rangeClosed(after + 1, last).mapToObj(EventStreamsTest::event).toList();
      return new Part<>(part, last < events, new EventId(ORGANISATION, last));
    }
  }

  private static EventView event(long number) {
    return new EventView(
        Long.toString(number),
        "api_key.created",
        BEGIN,
        new EventView.Data(
            number,
            new EventView.Who("person", null, "Ada"),
            new EventView.What("api_key", null, "ERP"),
            Map.of()));
  }

  private static final class Always extends StreamAccess {
    @Override
    Optional<Told> of(Caller caller, String address) {
      return Optional.of(
          new Told(
              EventType.within(Set.of(Scope.API_KEYS_READ)),
              caller.reach(),
              BEGIN.plus(Duration.ofDays(1))));
    }
  }

  /** A client that takes everything. */
  private final class Client implements SseEventSink {
    private final List<String> got = new ArrayList<>();
    private boolean closed;

    @Override
    public CompletionStage<?> send(OutboundSseEvent event) {
      asked.add(this);
      if (event.getId() != null) {
        got.add(event.getId());
      }
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public boolean isClosed() {
      return closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Client follow() {
    Client client = new Client();
    Caller caller =
        new Caller(
            ORGANISATION,
            "demo",
            "Demo",
            new ApiKeyId(UUID.randomUUID()),
            "ERP",
            "live",
            Set.of(Scope.EVENTS_READ),
            1,
            BEGIN.plus(Duration.ofDays(1)),
            BEGIN,
            Restrictions.NONE);
    streams.open(
        new EventStream(
            caller,
            "192.0.2.1",
            EventType.OF_FEED,
            client,
            played(Sse.class, (proxy, method, arguments) -> builder()),
            0,
            BEGIN));
    return client;
  }

  private static OutboundSseEvent.Builder builder() {
    List<String> id = new ArrayList<>();
    return played(
        OutboundSseEvent.Builder.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("build")) {
            return played(
                OutboundSseEvent.class,
                (event, getter, none) ->
                    getter.getName().equals("getId") && !id.isEmpty() ? id.get(0) : null);
          }
          if (method.getName().equals("id")) {
            id.add((String) arguments[0]);
          }
          return proxy;
        });
  }

  private static List<String> upTo(int last) {
    return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
  }

  @Test
  void clientsThatAreFarBehindGetAllAtOnceInTurn() {
    events = 450;
    Client first = follow();
    Client second = follow();
    asked.clear();

    streams.serve();
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }

    assertThat(first.got).isEqualTo(upTo(450));
    assertThat(second.got).isEqualTo(upTo(450));
    assertThat(asked.subList(0, 100)).containsOnly(first);
    assertThat(asked.subList(100, 200)).containsOnly(second);
    assertThat(asked.subList(200, 300)).containsOnly(first);
  }

  @Test
  void nodeHasSoManyStreamsAtMost() {
    Client first = follow();
    follow();
    follow();

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> follow())
        .satisfies(refused -> assertThat(refused.type()).isEqualTo(ProblemType.UNAVAILABLE))
        .satisfies(refused -> assertThat(refused.headers()).containsKey("Retry-After"));

    first.close();
    assertThat(follow().closed).isFalse();
  }
}
