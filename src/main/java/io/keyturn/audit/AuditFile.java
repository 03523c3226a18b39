package io.keyturn.audit;

import io.keyturn.database.InList;
import io.keyturn.database.SkipLocked;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes the audit logs of all organisations to a file of this node, each event as a line of JSON.
 * The database knows up to which event each log has been written. That place moves on when the disk
 * has the lines, so a crash loses no event; it may leave some to be written a second time. Nodes
 * share the events: each is in the file of one node.
 */
@ApplicationScoped
@Transactional(rollbackOn = Exception.class)
public class AuditFile {
  /** So many logs are locked at a time. */
  private static final int LOGS = 64;

  /** So many events are read and written at a time. */
  private static final int LINES = 500;

  private static final String WITHOUT_PLACE =
      " from Organisation o where not exists (select 1 from AuditFilePlace p where"
          + " p.organisationId = o.id)";

  @Inject private AuditFileSettings settings;
  @PersistenceContext private EntityManager entities;

  /** Whether this node writes a file. */
  public boolean wanted() {
    return settings.file().isPresent();
  }

  /**
   * Gives logs that have no place yet a place, empty logs too. The first time of all, which the
   * place of the platform tells, the logs are long already, and the file begins with what happens
   * from now on; afterwards, a new log stands in it from its beginning.
   */
  void begin() {
    if (entities.createQuery("select count(o)" + WITHOUT_PLACE, Long.class).getSingleResult()
        == 0) {
      return;
    }
    // So that two nodes do not give the same log a place.
    entities.find(Organisation.class, Organisation.PLATFORM, LockModeType.PESSIMISTIC_WRITE);
    boolean first = entities.find(AuditFilePlace.class, Organisation.PLATFORM) == null;
    entities
        .createQuery(
            "insert into AuditFilePlace (organisationId, sequence) select o.id, "
                + (first
                    ? "coalesce((select h.sequence from AuditHead h where h.organisationId = o.id),"
                        + " 0L)"
                    : "0L")
                + WITHOUT_PLACE)
        .executeUpdate();
  }

  /**
   * Writes some events, of each log in order.
   *
   * @return whether there may be more
   * @throws IOException when the file cannot be written; the events then wait
   */
  boolean some() throws IOException {
    Optional<Path> file = settings.file();
    List<AuditFilePlace> places = claimed();
    if (file.isEmpty() || places.isEmpty()) {
      return false;
    }
    List<OrganisationId> ids = places.stream().map(AuditFilePlace::organisationId).toList();
    Map<OrganisationId, String> domains = domains(ids);
    List<AuditEvent> events = events(ids);
    Map<OrganisationId, Long> reached = new HashMap<>();
    StringBuilder lines = new StringBuilder();
    for (AuditEvent event : events) {
      String domain = domains.getOrDefault(event.organisationId(), "");
      lines.append(AuditLine.of(event, domain).text()).append('\n');
      reached.put(event.organisationId(), event.sequence());
    }
    new LineFile(file.get()).append(lines.toString());
    for (AuditFilePlace place : places) {
      Long newest = reached.get(place.organisationId());
      if (newest != null) {
        place.reached(newest);
      }
    }
    return !events.isEmpty();
  }

  /** Logs with events that are in no file, unless another node writes them right now. */
  private List<AuditFilePlace> claimed() {
    return SkipLocked.in(
            entities
                .createQuery(
                    "select p from AuditFilePlace p where exists (select 1 from AuditHead h where"
                        + " h.organisationId = p.organisationId and h.sequence > p.sequence)",
                    AuditFilePlace.class)
                .setMaxResults(LOGS))
        .getResultList();
  }

  private List<AuditEvent> events(List<OrganisationId> logs) {
    TypedQuery<AuditEvent> query =
        entities.createQuery(
            "select e from AuditFilePlace p join AuditEvent e on e.organisationId ="
                + " p.organisationId where e.sequence > p.sequence and p.organisationId in "
                + InList.of("log", logs.size())
                + " order by e.organisationId, e.sequence",
            AuditEvent.class);
    return InList.set(query, "log", logs).setMaxResults(LINES).getResultList();
  }

  private Map<OrganisationId, String> domains(List<OrganisationId> ids) {
    TypedQuery<Organisation> query =
        entities.createQuery(
            "select o from Organisation o where o.id in " + InList.of("id", ids.size()),
            Organisation.class);
    return InList.set(query, "id", ids)
        .getResultStream()
        .collect(Collectors.toMap(Organisation::id, Organisation::domain));
  }
}
