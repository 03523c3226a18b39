package io.keyturn.audit;

import io.keyturn.database.InList;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** The append-only account of all that was done. An event joins the transaction of its change. */
@ApplicationScoped
public class AuditLog {
  /** The list and its order, as a cursor names it. */
  public static final String LIST = "audit-events/-sequence";

  /** Kept, because {@link Json} searches its provider at each call. */
  private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

  @Inject private Keyring keyring;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * Locks the chains of several organisations in one statement. All callers that append to several
   * chains take the locks in this order.
   */
  @Transactional(TxType.MANDATORY)
  public void lock(Collection<OrganisationId> organisationIds) {
    lockedHeads(organisationIds);
  }

  private List<AuditHead> lockedHeads(Collection<OrganisationId> organisationIds) {
    TypedQuery<AuditHead> query =
        entities.createQuery(
            "select h from AuditHead h where h.organisationId in "
                + InList.of("id", organisationIds.size())
                + " order by h.organisationId",
            AuditHead.class);
    return InList.set(query, "id", organisationIds)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /**
   * Appends an event to an organisation's chain.
   *
   * @param details further facts, without secrets
   */
  @Transactional
  public void append(
      OrganisationId organisationId,
      Actor actor,
      AuditAction action,
      Subject subject,
      Map<String, ?> details) {
    AuditHead head = lockedHead(organisationId).orElseGet(() -> begin(organisationId));
    entities.persist(next(head, new Entry(organisationId, actor, action, subject, details)));
  }

  private AuditEvent next(AuditHead head, Entry entry) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    entry.details().forEach((name, value) -> json.add(name, String.valueOf(value)));
    return head.append(
        clock.instant(),
        entry.action().name(),
        entry.actor(),
        entry.subject(),
        json.build().toString(),
        keyring.auditKey());
  }

  /**
   * An event to append with others.
   *
   * @param details further facts, without secrets
   */
  public record Entry(
      OrganisationId organisationId,
      Actor actor,
      AuditAction action,
      Subject subject,
      Map<String, ?> details) {}

  /**
   * Appends events of any organisations, each to its own chain, in as few statements as possible.
   * Events of an organisation keep their order.
   */
  @Transactional(TxType.MANDATORY)
  public void appendAll(List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Set<OrganisationId> owners = new TreeSet<>();
    entries.forEach(entry -> owners.add(entry.organisationId()));
    Map<OrganisationId, AuditHead> heads = new HashMap<>();
    lockedHeads(owners).forEach(head -> heads.put(head.organisationId(), head));
    owners.forEach(owner -> heads.computeIfAbsent(owner, this::begin));
    // Hibernate writes what it knows so far, and leaves the rest to the statements below.
    entities.flush();
    heads.values().forEach(entities::detach);
    List<AuditEvent> events = new ArrayList<>();
    for (Entry entry : entries) {
      AuditHead head = Objects.requireNonNull(heads.get(entry.organisationId()));
      events.add(next(head, entry));
    }
    AuditEvent.TABLE.insert(entities, events);
    AuditHead.TABLE.update(entities, List.copyOf(heads.values()));
  }

  private Optional<AuditHead> lockedHead(OrganisationId organisationId) {
    return Optional.ofNullable(
        entities.find(AuditHead.class, organisationId, LockModeType.PESSIMISTIC_WRITE));
  }

  /**
   * The head of a chain that has no events yet. There is no head row to lock, so the organisation's
   * row is the lock. Of two transactions that start a chain at the same time, the second continues
   * the chain of the first.
   */
  private AuditHead begin(OrganisationId organisationId) {
    entities
        .createQuery("select o from Organisation o where o.id = :id", Organisation.class)
        .setParameter("id", organisationId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
    return lockedHead(organisationId)
        .orElseGet(
            () -> {
              AuditHead head = new AuditHead(organisationId);
              entities.persist(head);
              return head;
            });
  }

  /**
   * Starts the platform's own chain, if it has no events yet. The chain belongs to {@link
   * Organisation#PLATFORM}.
   */
  @Transactional
  public void beginPlatform() {
    if (lockedHead(Organisation.PLATFORM).isEmpty()) {
      append(
          Organisation.PLATFORM,
          Actor.SYSTEM,
          ChainWalk.FIRST_OF_PLATFORM,
          new Subject("platform", null, "Keyturn"),
          Map.of());
    }
  }

  /**
   * A page of the events that match a filter, the newest first.
   *
   * @throws ProblemException 422 for an invalid cursor
   */
  @Transactional
  public ListView<AuditEventView> find(
      OrganisationId organisationId, AuditFilter filter, Paging paging) {
    AuditQuery query = new AuditQuery(entities, organisationId, filter);
    List<AuditEventView> read = query.page(paging).stream().map(AuditEventView::of).toList();
    return new ListView<>(
        paging.cut(read),
        paging.page(
            read, event -> event.place(organisationId), paging.counted() ? query.count() : null));
  }

  /**
   * The page of events before a cursor. Empty where no more than a page of events comes before it;
   * the caller then shows the first page.
   *
   * @throws ProblemException 422 for an invalid cursor
   */
  @Transactional
  public Optional<List<AuditEventView>> pageBefore(
      OrganisationId organisationId, AuditFilter filter, Cursor place, int limit) {
    List<AuditEventView> read =
        new AuditQuery(entities, organisationId, filter)
            .before(place, limit + 1).stream().map(AuditEventView::of).toList();
    if (read.size() <= limit) {
      return Optional.empty();
    }
    List<AuditEventView> page = new ArrayList<>(read.subList(0, limit));
    Collections.reverse(page);
    return Optional.of(page);
  }

  /**
   * The actions that occur in an organisation, in order. Each action takes one step in an index.
   */
  @Transactional
  public List<String> actions(OrganisationId organisationId) {
    List<String> actions = new ArrayList<>();
    String next = "";
    while (next != null) {
      next =
          entities
              .createQuery(
                  "select min(e.action) from AuditEvent e where e.organisationId = :organisation"
                      + " and e.action > :last",
                  String.class)
              .setParameter("organisation", organisationId)
              .setParameter("last", next)
              .getSingleResult();
      if (next != null) {
        actions.add(next);
      }
    }
    return actions;
  }

  /**
   * The events of some actions after a number, in order. Events of a chain get their numbers under
   * the lock of its head, which lasts until the commit. So whoever has seen a number has seen all
   * smaller numbers, too.
   *
   * @param after a number; events after it are answered
   */
  @Transactional
  public List<AuditEventView> after(
      OrganisationId organisationId, Set<AuditAction> actions, long after, int limit) {
    TypedQuery<AuditEvent> query =
        entities
            .createQuery(
                "select e from AuditEvent e where e.organisationId = :organisation"
                    + " and e.sequence > :after and e.action in "
                    + InList.of("action", actions.size())
                    + " order by e.organisationId, e.sequence",
                AuditEvent.class)
            .setParameter("organisation", organisationId)
            .setParameter("after", after);
    return InList.set(query, "action", actions.stream().map(AuditAction::name).toList())
        .setMaxResults(limit)
        .getResultList()
        .stream()
        .map(AuditEventView::of)
        .toList();
  }

  /** The events after a number, of all actions, in order. */
  @Transactional
  public List<AuditEventView> after(OrganisationId organisationId, long after, int limit) {
    return eventsFrom(organisationId, after + 1, limit).stream().map(AuditEventView::of).toList();
  }

  /** The number of the newest event; 0 for an organisation without events. */
  @Transactional
  public long newest(OrganisationId organisationId) {
    // Not the head itself: an append in the same transaction would lock it, but not read it again.
    Long newest =
        entities
            .createQuery(
                "select h.sequence from AuditHead h where h.organisationId = :organisation",
                Long.class)
            .setParameter("organisation", organisationId)
            .getSingleResultOrNull();
    return newest == null ? 0 : newest;
  }

  /** The number of the first event at or after a time; nothing when there is none. */
  @Transactional
  public OptionalLong firstSince(OrganisationId organisationId, Instant time) {
    return entities
        .createQuery(
            "select e.sequence from AuditEvent e where e.organisationId = :organisation"
                + " and e.at >= :time order by e.organisationId, e.at",
            Long.class)
        .setParameter("organisation", organisationId)
        .setParameter("time", time)
        .setMaxResults(1)
        .getResultList()
        .stream()
        .mapToLong(Long::longValue)
        .findFirst();
  }

  /**
   * The first events from a number on, in order. Each call has its own transaction, so that memory
   * stays bounded.
   */
  @Transactional(TxType.REQUIRES_NEW)
  List<AuditEvent> eventsFrom(OrganisationId organisationId, long sequence, int count) {
    return entities
        .createQuery(
            "select e from AuditEvent e where e.organisationId = :organisation"
                + " and e.sequence >= :sequence order by e.organisationId, e.sequence",
            AuditEvent.class)
        .setParameter("organisation", organisationId)
        .setParameter("sequence", sequence)
        .setMaxResults(count)
        .getResultList();
  }

  @Transactional(TxType.REQUIRES_NEW)
  Optional<AuditHead> head(OrganisationId organisationId) {
    return Optional.ofNullable(entities.find(AuditHead.class, organisationId));
  }
}
