package io.keyturn.requestlog;

import io.keyturn.organisation.OrganisationId;
import io.keyturn.requestlog.NotedRequest.Owner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Keeps notes of requests in memory until they are written. The memory is bounded: in all, for each
 * {@link Share} of an organisation, and for all strangers. What has no room is left out and
 * counted.
 */
final class RequestNotes {
  /** How many notes wait at most. */
  static final int MOST = 20_000;

  /**
   * How many of them are of strangers. Strangers choose the name of the host, so that the bound for
   * each organisation alone would not bound them.
   */
  static final int MOST_STRANGERS = 2_000;

  /**
   * How many characters the lists of errors of all notes have, beyond which a note is kept without
   * its list. A single list may have ten thousand.
   */
  static final int MOST_WEIGHT = 2_000_000;

  private final ConcurrentLinkedQueue<NotedRequest> notes = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicInteger weight = new AtomicInteger();
  private volatile Period period = new Period();

  /** What was counted since notes were taken the last time. */
  private static final class Period {
    final ConcurrentMap<Owner, AtomicIntegerArray> ofOwners = new ConcurrentHashMap<>();
    final AtomicInteger strangers = new AtomicInteger();
    final AtomicInteger leftOut = new AtomicInteger();
  }

  /**
   * Notes that were taken.
   *
   * @param leftOut how many requests were left out
   * @param leftOutOf the same for each organisation whose keys sent them
   */
  record Taken(List<NotedRequest> notes, int leftOut, Map<OrganisationId, Integer> leftOutOf) {}

  /** Whether there is room for a note, which the caller then adds. */
  boolean admits(Owner owner, Share share) {
    Period now = period;
    boolean room =
        share == Share.STRANGER
            ? now.strangers.get() < MOST_STRANGERS
            : admitted(now, owner, share);
    if (room && share == Share.STRANGER) {
      room = admitted(now, owner, share) && now.strangers.incrementAndGet() <= MOST_STRANGERS;
    }
    if (room && waiting.get() < MOST) {
      return true;
    }
    now.leftOut.incrementAndGet();
    return false;
  }

  private static boolean admitted(Period now, Owner owner, Share share) {
    AtomicIntegerArray counts = now.ofOwners.get(owner);
    if (counts == null) {
      counts =
          now.ofOwners.computeIfAbsent(owner, o -> new AtomicIntegerArray(Share.values().length));
    }
    return counts.incrementAndGet(share.ordinal()) <= share.atOnce();
  }

  /** Adds a note for which there is room. */
  void add(NotedRequest note) {
    waiting.incrementAndGet();
    int more = note.weight();
    if (more > 0 && weight.addAndGet(more) > MOST_WEIGHT) {
      weight.addAndGet(-more);
      NotedRequest lighter = note.withoutErrors();
      weight.addAndGet(lighter.weight());
      notes.add(lighter);
    } else {
      notes.add(note);
    }
  }

  /** Takes all notes since the last time. */
  Taken take() {
    Period ended = period;
    period = new Period();
    int most = waiting.get();
    List<NotedRequest> taken = new ArrayList<>();
    for (NotedRequest note = notes.poll(); note != null; note = notes.poll()) {
      taken.add(note);
      if (taken.size() >= most) {
        break;
      }
    }
    waiting.addAndGet(-taken.size());
    weight.addAndGet(-taken.stream().mapToInt(NotedRequest::weight).sum());
    Map<OrganisationId, Integer> leftOutOf = new HashMap<>();
    ended.ofOwners.forEach(
        (owner, counts) -> {
          int left = leftOut(counts);
          if (left > 0 && owner instanceof NotedRequest.OfKey organisation) {
            leftOutOf.put(organisation.id(), left);
          }
        });
    return new Taken(taken, ended.leftOut.get(), leftOutOf);
  }

  private static int leftOut(AtomicIntegerArray counts) {
    int left = 0;
    for (Share share : Share.values()) {
      left += Math.max(0, counts.get(share.ordinal()) - share.atOnce());
    }
    return left;
  }

  /**
   * Adds notes again that could not be written, as far as there is room.
   *
   * @return how many were left out
   */
  int putBack(List<NotedRequest> unwritten) {
    int room = Math.min(unwritten.size(), Math.max(0, MOST - waiting.get()));
    unwritten.subList(0, room).forEach(this::add);
    return unwritten.size() - room;
  }
}
