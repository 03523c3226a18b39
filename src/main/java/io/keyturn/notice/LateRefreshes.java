package io.keyturn.notice;

import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/**
 * Makes notices of keys that wait for their automatic refresh: one notice for an organisation and a
 * day.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class LateRefreshes {
  /** A refresh is due at a minute, and a batch of a hundred thousand keys takes less than this. */
  static final Duration LATE = Duration.ofMinutes(10);

  private static final int MOST = 1_000;

  @Inject private NoticeWriter writer;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * Keys of an organisation that wait.
   *
   * @param since the due time of the key that has waited longest
   */
  record Late(OrganisationId organisationId, long keys, Instant since) {}

  /** The organisations with keys that have waited for too long; at most a thousand. */
  List<Late> late() {
    return entities
        .createQuery(
            "select new io.keyturn.notice.LateRefreshes$Late(k.organisationId, count(k),"
                + " min(k.dueAt)) from ApiKey k where k.dueAt < :late group by k.organisationId",
            Late.class)
        .setParameter("late", clock.instant().minus(LATE))
        .setMaxResults(MOST)
        .getResultList();
  }

  /** Tells of an organisation, unless another node writes notices of it right now. */
  void tell(Late late) {
    if (writer.begin(late.organisationId()) == null) {
      return;
    }
    Instant now = clock.instant();
    writer.write(
        late.organisationId(),
        List.of(
            new News(
                NoticeKind.REFRESH_LATE,
                "late/" + now.truncatedTo(ChronoUnit.DAYS),
                now,
                null,
                "",
                null,
                null,
                Map.of("keys", Long.toString(late.keys()), "since", late.since().toString()))));
  }
}
