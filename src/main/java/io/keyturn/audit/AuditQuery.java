package io.keyturn.audit;

import io.keyturn.http.Ids;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The events of an organisation that match a filter. */
final class AuditQuery {
  private static final Pattern SEQUENCE = Pattern.compile("-?[0-9]{1,18}");

  private final EntityManager entities;
  private final StringBuilder where =
      new StringBuilder(" from AuditEvent e where e.organisationId = :organisation");
  private final Map<String, Object> parameters = new HashMap<>();

  AuditQuery(EntityManager entities, OrganisationId organisationId, AuditFilter filter) {
    this.entities = entities;
    parameters.put("organisation", organisationId);
    and(" and e.action = :action", "action", filter.action());
    andNamed("actor", filter.actor());
    andNamed("subject", filter.subject());
    and(" and e.at >= :from", "from", filter.from());
    and(" and e.at < :to", "to", filter.to());
    and(" and e.sequence > :after", "after", filter.after());
  }

  private void and(String condition, String parameter, @Nullable Object value) {
    if (value != null) {
      where.append(condition);
      parameters.put(parameter, value);
    }
  }

  private void andNamed(String who, @Nullable String text) {
    if (text == null) {
      return;
    }
    try {
      and(" and e." + who + "Id = :" + who, who, Ids.parse(text));
    } catch (IllegalArgumentException e) {
      and(
          " and " + Search.lowered("e." + who + "Name") + " = " + Search.lowered(":" + who),
          who,
          text);
    }
  }

  /** How many events match on all pages. */
  long count() {
    return set(entities.createQuery("select count(e)" + where, Long.class)).getSingleResult();
  }

  /**
   * A page, the newest first, and the event after it if there is one.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an invalid cursor
   */
  List<AuditEvent> page(Paging paging) {
    Cursor after = paging.after();
    TypedQuery<AuditEvent> query =
        set(
            entities.createQuery(
                "select e"
                    + where
                    + (after == null ? "" : " and e.sequence < :place")
                    + " order by e.organisationId desc, e.sequence desc",
                AuditEvent.class));
    if (after != null) {
      query.setParameter("place", sequence(after));
    }
    return query.setMaxResults(paging.fetch()).getResultList();
  }

  /**
   * At most {@code count} events just before a cursor, nearest first: the previous page in reverse
   * order.
   */
  List<AuditEvent> before(Cursor place, int count) {
    return set(entities.createQuery(
            "select e" + where + " and e.sequence > :place order by e.organisationId, e.sequence",
            AuditEvent.class))
        .setParameter("place", sequence(place))
        .setMaxResults(count)
        .getResultList();
  }

  private <T> TypedQuery<T> set(TypedQuery<T> query) {
    parameters.forEach(query::setParameter);
    return query;
  }

  private static long sequence(Cursor place) {
    if (!SEQUENCE.matcher(place.value()).matches()) {
      throw Cursor.invalid();
    }
    return Long.parseLong(place.value());
  }
}
