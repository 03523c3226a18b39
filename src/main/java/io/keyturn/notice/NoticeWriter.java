package io.keyturn.notice;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.database.InList;
import io.keyturn.database.SkipLocked;
import io.keyturn.mail.Mail;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.user.People;
import io.keyturn.user.PersonRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes notices. One node at a time does so for an organisation, and a cause is told once, so that
 * nobody gets the same notice twice.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class NoticeWriter {
  @Inject private People people;
  @Inject private Mail mail;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * Locks an organisation for writing notices until the transaction ends. The organisation's row is
   * locked first, as its deletion does.
   *
   * @return null while another node has the lock, and for an organisation that is suspended or gone
   */
  @Nullable NoticePlace begin(OrganisationId organisationId) {
    Organisation organisation =
        entities.find(Organisation.class, organisationId, LockModeType.PESSIMISTIC_READ);
    if (organisation == null || organisation.suspended()) {
      return null;
    }
    NoticePlace place =
        SkipLocked.in(places("select p", organisationId, NoticePlace.class))
            .getSingleResultOrNull();
    if (place == null
        && places("select count(p)", organisationId, Long.class).getSingleResult() == 0) {
      place = new NoticePlace(organisationId);
      entities.persist(place);
      // Of two nodes the second fails here, and finds the row the next time.
      entities.flush();
    }
    return place;
  }

  private <T> TypedQuery<T> places(String select, OrganisationId organisationId, Class<T> type) {
    return entities
        .createQuery(select + " from NoticePlace p where p.organisationId = :organisation", type)
        .setParameter("organisation", organisationId);
  }

  /** Tells people of what they were not told of yet. */
  void write(OrganisationId organisationId, List<News> all) {
    List<News> untold = untold(organisationId, all);
    if (untold.isEmpty()) {
      return;
    }
    List<PersonRow> active = people.active(organisationId);
    Map<NoticeChoice.Key, Channel> choices = choices(organisationId);
    Map<Notice, Map<PersonId, Scope>> told = new LinkedHashMap<>();
    for (News news : untold) {
      Map<PersonId, Scope> recipients = Recipients.of(news, active);
      recipients.keySet().removeIf(person -> channel(choices, person, news.kind()) == Channel.OFF);
      if (!recipients.isEmpty()) {
        Notice notice = new Notice(organisationId, news);
        entities.persist(notice);
        told.put(notice, recipients);
      }
    }
    // The copies refer to notices and mails. Hibernate does not know that, so each is written
    // first.
    entities.flush();
    List<NoticeCopy> copies = copies(organisationId, told, choices);
    entities.flush();
    copies.forEach(entities::persist);
  }

  private List<NoticeCopy> copies(
      OrganisationId organisationId,
      Map<Notice, Map<PersonId, Scope>> told,
      Map<NoticeChoice.Key, Channel> choices) {
    MailPlan plan = new MailPlan(entities, organisationId, clock.instant());
    List<NoticeCopy> copies = new ArrayList<>();
    told.forEach(
        (notice, recipients) ->
            recipients.forEach(
                (person, scope) ->
                    copies.add(
                        new NoticeCopy(
                            notice,
                            person,
                            scope,
                            mail.on()
                                ? plan.mail(person, channel(choices, person, notice.kind()))
                                : null))));
    return copies;
  }

  private static Channel channel(
      Map<NoticeChoice.Key, Channel> choices, PersonId person, NoticeKind kind) {
    return choices.getOrDefault(new NoticeChoice.Key(person, kind), kind.usual());
  }

  private List<News> untold(OrganisationId organisationId, List<News> all) {
    if (all.isEmpty()) {
      return List.of();
    }
    Map<String, News> byCause = new LinkedHashMap<>();
    all.forEach(news -> byCause.putIfAbsent(news.cause(), news));
    TypedQuery<String> told =
        entities
            .createQuery(
                "select n.cause from Notice n where n.organisationId = :organisation and n.cause"
                    + " in "
                    + InList.of("cause", byCause.size()),
                String.class)
            .setParameter("organisation", organisationId);
    byCause
        .keySet()
        .removeAll(Set.copyOf(InList.set(told, "cause", byCause.keySet()).getResultList()));
    return new ArrayList<>(byCause.values());
  }

  private Map<NoticeChoice.Key, Channel> choices(OrganisationId organisationId) {
    Map<NoticeChoice.Key, Channel> choices = new HashMap<>();
    entities
        .createQuery(
            "select c from NoticeChoice c where c.organisationId = :organisation",
            NoticeChoice.class)
        .setParameter("organisation", organisationId)
        .getResultList()
        .forEach(choice -> choices.put(choice.key(), choice.channel()));
    return choices;
  }
}
