package io.keyturn.event;

import io.keyturn.access.Caller;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The clients of this node that follow the feed live. One timer serves all of them, so that a
 * connection costs no thread. Each change of a key is an event of its organisation, so a client's
 * right is checked anew whenever there is an event; deadlines are compared each second. Whoever is
 * far behind is served on in the same second, in turn with the others that are.
 */
@ApplicationScoped
public class EventStreams {
  static final int MOST_OF_KEY = 5;
  static final int MOST_OF_ORGANISATION = 50;
  private static final Logger LOG = Logger.getLogger(EventStreams.class.getName());
  private static final int AT_ONCE = 100;
  private static final String RETRY_SECONDS = "30";
  private static final Duration EVERY = Duration.ofSeconds(1);

  @Inject private EventFeed feed;
  @Inject private StreamAccess access;
  @Inject private Clock clock;
  @Inject private EventStreamSettings settings;
  @Resource private ManagedScheduledExecutorService scheduler;

  private final List<EventStream> streams = new ArrayList<>();
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable EventStream serving;
  private boolean failing;

  @PostConstruct
  void start() {
    timer =
        scheduler.scheduleWithFixedDelay(
            this::serve, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
    snapshot().forEach(EventStream::close);
  }

  /**
   * Serves a client from now on.
   *
   * @throws ProblemException 429 when the key or its organisation has as many as it may, 503 when
   *     this node has
   */
  void open(EventStream stream) {
    Caller caller = stream.caller();
    synchronized (streams) {
      Instant now = clock.instant();
      streams.removeIf(other -> other.over(now));
      long ofKey = streams.stream().filter(s -> s.caller().keyId().equals(caller.keyId())).count();
      long ofAll =
          streams.stream()
              .filter(s -> s.caller().organisationId().equals(caller.organisationId()))
              .count();
      if (ofKey >= MOST_OF_KEY || ofAll >= MOST_OF_ORGANISATION) {
        throw new ProblemException(
                ProblemType.RATE_LIMITED,
                ofKey >= MOST_OF_KEY
                    ? "The API key has " + MOST_OF_KEY + " streams already."
                    : "The organisation has " + MOST_OF_ORGANISATION + " streams already.")
            .header("Retry-After", RETRY_SECONDS);
      }
      if (streams.size() >= settings.most()) {
        throw new ProblemException(
                ProblemType.UNAVAILABLE,
                "This node has " + settings.most() + " streams of events already.")
            .header("Retry-After", RETRY_SECONDS);
      }
      streams.add(stream);
      stream.greet(now);
    }
  }

  private List<EventStream> snapshot() {
    synchronized (streams) {
      return List.copyOf(streams);
    }
  }

  /** Serves each client once, and those that are behind in turn until the second is over. */
  void serve() {
    Instant begin = clock.instant();
    try {
      Map<OrganisationId, Long> newest = new HashMap<>();
      List<EventStream> behind = round(snapshot(), newest);
      while (!behind.isEmpty() && clock.instant().isBefore(begin.plus(EVERY))) {
        behind = round(behind, newest);
      }
      failing = false;
    } catch (RuntimeException | Error e) {
      if (!failing) {
        LOG.log(Level.WARNING, "streams of events wait; they go on when the database answers", e);
      }
      failing = true;
      // Its client connects again and goes on where it was. Kept, it could hinder all others for
      // good.
      if (serving != null) {
        end(serving);
      }
    }
    serving = null;
  }

  /** Serves some clients; answers those that can take more at once. */
  private List<EventStream> round(List<EventStream> some, Map<OrganisationId, Long> newest) {
    Instant now = clock.instant();
    List<EventStream> behind = new ArrayList<>();
    for (EventStream stream : some) {
      serving = stream;
      if (stream.over(now)) {
        end(stream);
        continue;
      }
      long last = newest.computeIfAbsent(stream.caller().organisationId(), feed::newest);
      if (!serve(stream, last, now)) {
        end(stream);
      } else if (stream.checked() < last && stream.idle()) {
        behind.add(stream);
      }
    }
    return behind;
  }

  /** Whether the client may go on. */
  private boolean serve(EventStream stream, long newest, Instant now) {
    if (newest > stream.checked()) {
      Optional<StreamAccess.Told> told = access.of(stream.caller(), stream.address());
      if (told.isEmpty()) {
        return false;
      }
      stream.endsAt(told.get().until());
      if (!stream.idle()) {
        return true;
      }
      Set<EventType> types = told.get().types();
      types.retainAll(stream.wanted());
      EventFeed.Part<EventView> part =
          feed.after(told.get().reach(), types, stream.place(), AT_ONCE);
      stream.send(part.events(), part.next().sequence(), now);
      if (!part.hasMore()) {
        stream.checked(newest);
      }
    } else if (stream.idle()) {
      stream.keepAlive(now);
    }
    return true;
  }

  /** Ends a stream. A client that takes nothing would keep the timer waiting. */
  private void end(EventStream stream) {
    synchronized (streams) {
      streams.remove(stream);
    }
    scheduler.execute(stream::close);
  }
}
