package io.keyturn.notice;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.database.InList;
import io.keyturn.paging.Slice;
import io.keyturn.user.User;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The notices of a person: those only that they may still see. A person who has lost the right over
 * an object sees nothing of it.
 */
@ApplicationScoped
@Transactional
public class Notices {
  /** New notices are counted up to this number. */
  public static final int MOST_COUNTED = 100;

  /** How long notices are kept. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final String OWN =
      " from NoticeCopy c join Notice n on n.id = c.noticeId where c.userId = :person"
          + " and c.organisationId = :organisation and n.organisationId = c.organisationId"
          + " and c.scope in ";

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** How many notices a person has not read; at most {@link #MOST_COUNTED}. */
  public int unread(User person) {
    Set<Scope> scopes = person.role().scopes();
    return scopes.isEmpty()
        ? 0
        : own("select c.noticeId", " and c.readAt is null", UUID.class, person, scopes)
            .setMaxResults(MOST_COUNTED)
            .getResultList()
            .size();
  }

  /** A part of a person's notices, the newest first. */
  public Slice<NoticeRow> slice(User person, int first, int most) {
    Set<Scope> scopes = person.role().scopes();
    if (scopes.isEmpty()) {
      return new Slice<>(List.of(), 0);
    }
    List<NoticeRow> rows =
        own("select n, c", " order by c.at desc, c.noticeId", Object[].class, person, scopes)
            .setFirstResult(first)
            .setMaxResults(most)
            .getResultStream()
            .map(row -> NoticeRow.of((Notice) row[0], (NoticeCopy) row[1]))
            .toList();
    return new Slice<>(
        rows, own("select count(c.noticeId)", "", Long.class, person, scopes).getSingleResult());
  }

  private <T> TypedQuery<T> own(
      String select, String more, Class<T> type, User person, Set<Scope> scopes) {
    TypedQuery<T> query =
        entities
            .createQuery(select + OWN + InList.of("scope", scopes.size()) + more, type)
            .setParameter("person", person.id())
            .setParameter("organisation", person.organisationId());
    return InList.set(query, "scope", scopes.stream().map(Scope::code).toList());
  }

  /** Notes that a person has read a notice. The notice of another person stays as it is. */
  public void read(PersonId person, UUID noticeId) {
    read(" and c.noticeId = :notice", person).setParameter("notice", noticeId).executeUpdate();
  }

  /** Notes that a person has read all their notices. */
  public void readAll(PersonId person) {
    read("", person).executeUpdate();
  }

  private Query read(String condition, PersonId person) {
    return entities
        .createQuery(
            "update NoticeCopy c set c.readAt = :now where c.userId = :person"
                + " and c.readAt is null"
                + condition)
        .setParameter("now", clock.instant())
        .setParameter("person", person);
  }

  /** How a person is told of each kind. */
  public Map<NoticeKind, Channel> choices(PersonId person) {
    Map<NoticeKind, Channel> choices = new EnumMap<>(NoticeKind.class);
    for (NoticeKind kind : NoticeKind.values()) {
      choices.put(kind, kind.usual());
    }
    stored(person).forEach((kind, choice) -> choices.put(kind, choice.channel()));
    return choices;
  }

  /** Stores how a person wants to be told. It holds for what happens from now on. */
  public void choose(User person, Map<NoticeKind, Channel> wanted) {
    Map<NoticeKind, NoticeChoice> stored = stored(person.id());
    wanted.forEach(
        (kind, channel) -> {
          NoticeChoice choice = stored.get(kind);
          if (choice == null) {
            entities.persist(new NoticeChoice(person.organisationId(), person.id(), kind, channel));
          } else {
            choice.channel(channel);
          }
        });
  }

  private Map<NoticeKind, NoticeChoice> stored(PersonId person) {
    Map<NoticeKind, NoticeChoice> stored = new EnumMap<>(NoticeKind.class);
    entities
        .createQuery("select c from NoticeChoice c where c.userId = :person", NoticeChoice.class)
        .setParameter("person", person)
        .getResultList()
        .forEach(choice -> stored.put(choice.key().kind(), choice));
    return stored;
  }

  /** Whether a person may be told of a kind at all. */
  public static boolean possible(User person, NoticeKind kind) {
    Set<Scope> scopes = person.role().scopes();
    return Stream.of(kind.managing(), kind.owning())
        .filter(Objects::nonNull)
        .anyMatch(scopes::contains);
  }

  /** Deletes notices and mails after 90 days. */
  void forget() {
    for (String old :
        List.of(
            "delete from Notice n where n.at < :before",
            "delete from NoticeMail m where m.plannedAt < :before")) {
      entities.createQuery(old).setParameter("before", clock.instant().minus(KEPT)).executeUpdate();
    }
  }
}
