package io.keyturn.event;

import io.keyturn.access.Caller;
import io.keyturn.json.JsonText;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A client that follows the feed live. Sending waits until the client takes what it is sent. */
final class EventStream {
  /** Proxies close connections on which nothing comes for half a minute or so. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  /** A client that takes nothing for so long has gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Caller caller;
  private final String address;
  private final Set<EventType> wanted;
  private final SseEventSink sink;
  private final Sse sse;
  private long place;
  private long checked;
  private Instant sentAt;

  /** When the secret stops working, as far as is known. */
  private volatile Instant until;

  /** Since when the client has not taken what it is sent; null where nothing is being sent. */
  private volatile @Nullable Instant waitingSince;

  private volatile boolean busy;
  private volatile boolean ended;

  /**
   * A client.
   *
   * @param address from which it has come
   * @param place the number of the event after which it goes on
   */
  EventStream(
      Caller caller,
      String address,
      Set<EventType> wanted,
      SseEventSink sink,
      Sse sse,
      long place,
      Instant now) {
    this.caller = caller;
    this.address = address;
    this.wanted = Set.copyOf(wanted);
    this.sink = sink;
    this.sse = sse;
    this.place = place;
    this.sentAt = now;
    this.until = caller.secretExpiresAt();
  }

  Caller caller() {
    return caller;
  }

  String address() {
    return address;
  }

  Set<EventType> wanted() {
    return wanted;
  }

  /** The number of the event up to which everything was sent. */
  long place() {
    return place;
  }

  /** The number of the event up to which the client's right was checked. */
  long checked() {
    return checked;
  }

  void checked(long sequence) {
    checked = sequence;
  }

  /** The secret stops working then. */
  void endsAt(Instant time) {
    until = time;
  }

  /** Whether the client has gone, or its secret has reached its end. */
  boolean over(Instant now) {
    Instant since = waitingSince;
    return ended
        || sink.isClosed()
        || (since != null && since.plus(PATIENCE).isBefore(now))
        || !until.isAfter(now);
  }

  /** Whether a thread serves the client, or is about to. */
  boolean busy() {
    return busy;
  }

  void busy(boolean now) {
    busy = now;
  }

  /** Whether a comment is due after some silence. */
  boolean silent(Instant now) {
    return !sentAt.plus(SILENCE).isAfter(now);
  }

  /** Sends events, and goes on to a place. */
  void send(List<EventView> events, long reached, Instant now) {
    place = reached;
    for (EventView event : events) {
      if (ended) {
        return;
      }
      send(
          sse.newEventBuilder()
              .id(event.id())
              .name(event.type())
              .mediaType(MediaType.TEXT_PLAIN_TYPE)
              .data(String.class, JsonText.of(event))
              .build(),
          now);
    }
  }

  /** Sends a comment, with which the head of the answer goes out. */
  void greet(Instant now) {
    send(sse.newEventBuilder().comment("").build(), now);
  }

  private void send(OutboundSseEvent event, Instant now) {
    sentAt = now;
    waitingSince = now;
    try {
      sink.send(event).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (IllegalStateException | ExecutionException | TimeoutException e) {
      // The client has gone, or takes nothing.
      ended = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ended = true;
    }
    waitingSince = null;
  }

  /** Sends nothing more. */
  void end() {
    ended = true;
  }

  void close() {
    try {
      sink.close();
    } catch (IOException e) {
      // The client has gone first.
    }
  }
}
