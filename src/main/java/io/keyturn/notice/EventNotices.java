package io.keyturn.notice;

import io.keyturn.access.ApiKeyId;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditFilter;
import io.keyturn.audit.AuditLog;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Paging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes notices of events of the audit log. The number of the last event moves on in the
 * transaction that writes the notices: a crash loses none, and makes none twice.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class EventNotices {
  private static final int SOME = 64;

  /** What happened before this is no news, after a long time without a running server. */
  private static final Duration STALE = Duration.ofDays(3);

  private static final Map<AuditAction, NoticeKind> KINDS =
      Map.of(
          AuditAction.API_KEY_EXPIRING, NoticeKind.KEY_EXPIRING,
          AuditAction.API_KEY_RETIRED_SECRET_USED, NoticeKind.RETIRED_SECRET_USED,
          AuditAction.WEBHOOK_DISABLED, NoticeKind.WEBHOOK_DISABLED,
          AuditAction.USER_JOINED, NoticeKind.INVITATION_ACCEPTED);

  @Inject private NoticeWriter writer;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** The organisations with events that were not looked at. */
  List<OrganisationId> behind() {
    return entities
        .createQuery(
            "select h.organisationId from AuditHead h left join NoticePlace p"
                + " on p.organisationId = h.organisationId where h.organisationId <> :platform"
                + " and h.sequence > coalesce(p.eventSequence, 0L)",
            OrganisationId.class)
        .setParameter("platform", Organisation.PLATFORM)
        .getResultList();
  }

  /**
   * Makes notices for an organisation, unless another node does so right now.
   *
   * @return whether there may be more events
   */
  boolean some(OrganisationId organisationId) {
    NoticePlace place = writer.begin(organisationId);
    if (place == null) {
      return false;
    }
    // Read before the events: what is committed in between is looked at now or the next time.
    long newest = audit.newest(organisationId);
    List<AuditEventView> events =
        audit.after(organisationId, KINDS.keySet(), place.eventSequence(), SOME);
    Instant oldest = clock.instant().minus(STALE);
    writer.write(
        organisationId,
        events.stream()
            .filter(event -> event.at().isAfter(oldest))
            .flatMap(event -> news(organisationId, event).stream())
            .toList());
    boolean more = events.size() == SOME;
    place.reached(more ? events.get(SOME - 1).sequence() : newest);
    return more;
  }

  private Optional<News> news(OrganisationId organisationId, AuditEventView event) {
    return AuditAction.of(event.action())
        .map(KINDS::get)
        .map(
            kind ->
                new News(
                    kind,
                    "event/" + event.sequence(),
                    event.at(),
                    event.subject().id(),
                    event.subject().name(),
                    owner(organisationId, kind, event.subject().id()),
                    event.actor().id(),
                    event.details()));
  }

  /** The person who answers for the object, or who invited the person. */
  private @Nullable UUID owner(
      OrganisationId organisationId, NoticeKind kind, @Nullable UUID subject) {
    if (subject == null) {
      return null;
    }
    return switch (kind) {
      case WEBHOOK_DISABLED ->
          one(
              "select w.ownerId from Webhook w where w.organisationId = :organisation"
                  + " and w.id = :id",
              organisationId,
              subject);
      case INVITATION_ACCEPTED -> inviting(organisationId, subject);
      default ->
          one(
              "select k.creator.createdBy from ApiKey k where k.organisationId = :organisation"
                  + " and k.id = :id",
              organisationId,
              new ApiKeyId(subject));
    };
  }

  private @Nullable UUID one(String query, OrganisationId organisationId, Object id) {
    return entities
        .createQuery(query, UUID.class)
        .setParameter("organisation", organisationId)
        .setParameter("id", id)
        .getSingleResultOrNull();
  }

  /** Whoever invited a person last. */
  private @Nullable UUID inviting(OrganisationId organisationId, UUID person) {
    return Stream.of(AuditAction.USER_INVITED, AuditAction.USER_INVITED_AGAIN)
        .flatMap(
            action ->
                audit
                    .find(
                        organisationId,
                        new AuditFilter(action.name(), null, person.toString(), null, null, null),
                        new Paging(1, null, false))
                    .data()
                    .stream())
        .max((a, b) -> Long.compare(a.sequence(), b.sequence()))
        .map(event -> event.actor().id())
        .orElse(null);
  }
}
