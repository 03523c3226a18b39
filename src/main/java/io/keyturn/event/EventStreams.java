package io.keyturn.event;

import io.keyturn.access.Caller;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The clients of this node that follow the feed live. One timer looks after all of them, so that a
 * connection costs no thread; a thread writes while there is something to write. Each change of a
 * key is an event of its organisation, so a client's right is checked anew whenever there is an
 * event; deadlines are compared each second. Whoever is far behind is served on at once, in turn
 * with the others that are.
 */
@ApplicationScoped
public class EventStreams {
  static final int MOST_OF_KEY = 5;
  static final int MOST_OF_ORGANISATION = 50;
  private static final Logger LOG = Logger.getLogger(EventStreams.class.getName());
  private static final int AT_ONCE = 100;
  private static final String RETRY_SECONDS = "30";
  private static final Duration EVERY = Duration.ofSeconds(1);

  /** A client that takes nothing keeps a thread for a minute. An organisation has a quarter. */
  private static final int THREADS = 32;

  private static final int IDLE_SECONDS = 30;

  @Inject private EventFeed feed;
  @Inject private StreamAccess access;
  @Inject private Clock clock;
  @Inject private EventStreamSettings settings;
  @Resource private ManagedScheduledExecutorService scheduler;
  @Resource private ManagedThreadFactory factory;

  private final List<EventStream> streams = new ArrayList<>();
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable ExecutorService threads;
  private @Nullable Shares senders;
  private volatile boolean failing;

  @PostConstruct
  void start() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    executor.allowCoreThreadTimeOut(true);
    threads = executor;
    senders = new Shares(executor, THREADS / 4);
    timer =
        scheduler.scheduleWithFixedDelay(
            this::serve, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void stop() {
    if (timer != null) {
      timer.cancel(false);
    }
    if (threads != null) {
      threads.shutdownNow();
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
      stream.busy(true);
      streams.add(stream);
    }
    // Outside of the lock, which the timer needs: the client may not take it.
    try {
      stream.greet(clock.instant());
    } finally {
      stream.busy(false);
    }
  }

  private List<EventStream> snapshot() {
    synchronized (streams) {
      return List.copyOf(streams);
    }
  }

  /** Lets each client be served that is to be told of something. */
  void serve() {
    try {
      Instant now = clock.instant();
      Map<OrganisationId, Long> newest = new HashMap<>();
      for (EventStream stream : snapshot()) {
        if (stream.over(now)) {
          end(stream);
        } else if (!stream.busy()) {
          OrganisationId organisation = stream.caller().organisationId();
          long last = newest.computeIfAbsent(organisation, feed::newest);
          if (last > stream.checked() || stream.silent(now)) {
            stream.busy(true);
            next(stream, last);
          }
        }
      }
      failing = false;
    } catch (RuntimeException | Error e) {
      fails(e);
    }
  }

  /** Has a thread serve the client, after all others that wait for a thread. */
  private void next(EventStream stream, long newest) {
    Objects.requireNonNull(senders)
        .execute(stream.caller().organisationId(), () -> serve(stream, newest));
  }

  private void serve(EventStream stream, long newest) {
    try {
      Instant now = clock.instant();
      if (newest <= stream.checked()) {
        stream.greet(now);
      } else if (!some(stream, newest, now)) {
        end(stream);
        return;
      }
      if (newest > stream.checked() && !stream.over(now)) {
        next(stream, newest);
      } else {
        stream.busy(false);
      }
    } catch (RuntimeException | Error e) {
      fails(e);
      // Its client connects again and goes on where it was. Kept, it could hinder others for good.
      end(stream);
    }
  }

  private void fails(Throwable e) {
    if (!failing) {
      LOG.log(Level.WARNING, "streams of events wait; they go on when the database answers", e);
    }
    failing = true;
  }

  /** Sends some events; answers whether the client may go on. */
  private boolean some(EventStream stream, long newest, Instant now) {
    Optional<StreamAccess.Told> told = access.of(stream.caller(), stream.address());
    if (told.isEmpty()) {
      return false;
    }
    stream.endsAt(told.get().until());
    Set<EventType> types = told.get().types();
    types.retainAll(stream.wanted());
    EventFeed.Part<EventView> part = feed.after(told.get().reach(), types, stream.place(), AT_ONCE);
    stream.send(part.events(), part.next().sequence(), now);
    if (!part.hasMore()) {
      stream.checked(newest);
    }
    return true;
  }

  /** Ends a stream. A client that takes nothing would keep the timer waiting. */
  private void end(EventStream stream) {
    stream.end();
    synchronized (streams) {
      streams.remove(stream);
    }
    scheduler.execute(stream::close);
  }
}
