package io.keyturn.event;

import io.keyturn.access.Reach;
import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditLog;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes of an organisation in the order of their commits. */
@ApplicationScoped
@Transactional
public class EventFeed {
  /** The word that stands for the newest event. */
  static final String LATEST = "latest";

  /** So many events are read at once for somebody who is told only some of them. */
  private static final int SEARCHED = 1000;

  private static final Duration KEPT = Duration.ofDays(30);

  @Inject private AuditLog audit;
  @Inject private Clock clock;

  /**
   * A part of the feed.
   *
   * @param next the id of the event after which the next part begins
   */
  public record Part<T extends Told>(List<T> events, boolean hasMore, EventId next) {}

  /**
   * The events after an event.
   *
   * @param reach of whoever is told: events of suppliers beyond it are left out
   * @param after the id of an event; {@code latest}; null for the oldest event that is kept
   * @throws ProblemException 422 for an id of another organisation, and for an event after which
   *     events are no longer kept
   */
  public Part<EventView> after(
      Reach reach, Set<EventType> types, @Nullable String after, int limit) {
    OrganisationId organisationId = reach.organisationId();
    long newest = audit.newest(organisationId);
    return after(reach, types, from(organisationId, after, newest), limit);
  }

  /** The events after a number, whatever their age. */
  public Part<EventView> after(Reach reach, Set<EventType> types, long after, int limit) {
    OrganisationId organisationId = reach.organisationId();
    // Read before the events: an event that is committed in between is told now or the next time.
    long newest = audit.newest(organisationId);
    int most = reach.locations().limited() ? Math.max(SEARCHED, limit + 1) : limit + 1;
    List<AuditEventView> read =
        types.isEmpty()
            ? List.of()
            : audit.after(organisationId, EventType.actions(types), after, most);
    List<EventView> told =
        read.stream().flatMap(event -> EventView.of(reach, event).stream()).toList();
    if (told.size() > limit) {
      List<EventView> events = told.subList(0, limit);
      return part(organisationId, events, true, events.get(limit - 1).data().sequence());
    }
    long last = read.isEmpty() ? after : read.get(read.size() - 1).sequence();
    return read.size() == most
        ? part(organisationId, told, true, last)
        // Without further events of these types, the next reading need not pass the others again.
        : part(organisationId, told, false, Math.max(last, newest));
  }

  /** The audit events after a number, whatever their age. */
  public Part<RecordedView> recorded(OrganisationId organisationId, long after, int limit) {
    List<RecordedView> events =
        audit.after(organisationId, after, limit).stream()
            .map(event -> RecordedView.of(organisationId, event))
            .toList();
    long next = events.isEmpty() ? after : events.get(events.size() - 1).sequence();
    return part(organisationId, events, events.size() == limit, next);
  }

  private static <T extends Told> Part<T> part(
      OrganisationId organisationId, List<T> events, boolean more, long next) {
    return new Part<>(events, more, new EventId(organisationId, next));
  }

  /**
   * The number after which a reader goes on.
   *
   * @param after as for the part of the feed
   * @throws ProblemException 422 for an id of another organisation, and for an event after which
   *     events are no longer kept
   */
  public long place(OrganisationId organisationId, String after) {
    return from(organisationId, after, audit.newest(organisationId));
  }

  /** The number of the newest event. */
  public long newest(OrganisationId organisationId) {
    return audit.newest(organisationId);
  }

  /** The number after which all events are kept: nobody is told of older events. */
  public long beforeKept(OrganisationId organisationId) {
    return firstKept(organisationId, audit.newest(organisationId)) - 1;
  }

  private long firstKept(OrganisationId organisationId, long newest) {
    Instant oldest = clock.instant().minus(KEPT);
    return audit.firstSince(organisationId, oldest).orElse(newest + 1);
  }

  private long from(OrganisationId organisationId, @Nullable String after, long newest) {
    if (LATEST.equals(after)) {
      return newest;
    }
    long firstKept = firstKept(organisationId, newest);
    if (after == null) {
      return firstKept - 1;
    }
    EventId id =
        EventId.parse(after)
            .filter(read -> read.organisationId().equals(organisationId))
            .filter(read -> read.sequence() <= newest)
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "after", "must be the id of an event of this organisation, or latest"));
    if (id.sequence() < firstKept - 1) {
      throw ProblemException.invalid(
          "after", "is more than 30 days old: read the objects anew, then begin with after=latest");
    }
    return id.sequence();
  }
}
