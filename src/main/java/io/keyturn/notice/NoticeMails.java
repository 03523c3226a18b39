package io.keyturn.notice;

import io.keyturn.access.Scope;
import io.keyturn.database.SkipLocked;
import io.keyturn.mail.Sent;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Claims the mails that are due, and records what became of them. A claim is committed before the
 * mail is sent: a mail is sent once, or not at all when a node is killed in that moment. The
 * notices stay in the console.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class NoticeMails {
  private static final int SOME = 100;

  @Inject private Users users;
  @Inject private Organisations organisations;
  @Inject private Notices notices;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * A mail to send, with all that it needs.
   *
   * @param rows what it tells, the newest first
   */
  record Claimed(
      UUID id, User person, Organisation organisation, boolean digest, List<NoticeRow> rows) {}

  /** Some mails that are due. */
  List<UUID> due() {
    return entities
        .createQuery(
            "select m.id from NoticeMail m where m.dueAt <= :now order by m.dueAt", UUID.class)
        .setParameter("now", clock.instant())
        .setMaxResults(SOME)
        .getResultList();
  }

  /** Claims a mail, unless another node has it or nothing is left to tell. */
  Optional<Claimed> claim(UUID id) {
    NoticeMail mail =
        SkipLocked.in(
                entities
                    .createQuery("select m from NoticeMail m where m.id = :id", NoticeMail.class)
                    .setParameter("id", id))
            .getSingleResultOrNull();
    if (mail == null || !mail.due(clock.instant())) {
      return Optional.empty();
    }
    Optional<Claimed> claimed = users.byId(mail.userId()).flatMap(person -> content(mail, person));
    if (claimed.isEmpty()) {
      mail.empty();
    } else {
      mail.claim();
    }
    return claimed;
  }

  /**
   * What a mail tells: what the person may see now, has not read, and has not switched off since.
   */
  private Optional<Claimed> content(NoticeMail mail, User person) {
    Optional<Organisation> organisation =
        organisations.byId(person.organisationId()).filter(o -> !o.suspended());
    if (organisation.isEmpty() || !person.active()) {
      return Optional.empty();
    }
    Map<NoticeKind, Channel> choices = notices.choices(person.id());
    List<String> scopes = person.role().scopes().stream().map(Scope::code).toList();
    List<NoticeRow> rows =
        entities
            .createQuery(
                "select n, c from NoticeCopy c join Notice n on n.id = c.noticeId"
                    + " where c.mailId = :mail and c.userId = :person and c.readAt is null"
                    + " order by c.at desc, c.noticeId",
                Object[].class)
            .setParameter("mail", mail.id())
            .setParameter("person", person.id())
            .getResultStream()
            .filter(row -> scopes.contains(((NoticeCopy) row[1]).scope()))
            .map(row -> NoticeRow.of((Notice) row[0], (NoticeCopy) row[1]))
            .filter(row -> choices.get(row.kind()) != Channel.OFF)
            .toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Claimed(mail.id(), person, organisation.get(), mail.digest(), rows));
  }

  /** Records an attempt to send a claimed mail. */
  void record(UUID id, Sent outcome) {
    NoticeMail mail = entities.find(NoticeMail.class, id);
    if (mail != null) {
      mail.record(outcome, clock.instant());
    }
  }
}
