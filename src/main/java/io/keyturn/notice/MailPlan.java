package io.keyturn.notice;

import io.keyturn.access.PersonId;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides with which mail a notice goes. A first notice goes at once. Notices that follow within a
 * quarter of an hour wait for the next mail, which tells of them together. After 12 mails in 24
 * hours the rest goes into the digest: whoever causes many notices does not cause many mails.
 *
 * <p>It is used in one transaction, under the lock of the organisation's {@link NoticePlace}.
 */
final class MailPlan {
  private static final Duration APART = Duration.ofMinutes(15);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_A_DAY = 12;

  /** When digests are sent, in UTC. */
  private static final LocalTime DIGEST = LocalTime.of(6, 0);

  private final EntityManager entities;
  private final OrganisationId organisationId;
  private final Instant now;
  private final Map<PersonId, NoticeMail> atOnce = new HashMap<>();
  private final Map<PersonId, NoticeMail> digests = new HashMap<>();

  MailPlan(EntityManager entities, OrganisationId organisationId, Instant now) {
    this.entities = entities;
    this.organisationId = organisationId;
    this.now = now;
  }

  /** The mail that tells a person of a notice; null for none. */
  @Nullable UUID mail(PersonId person, Channel channel) {
    return switch (channel) {
      case OFF, CONSOLE -> null;
      case DIGEST -> digest(person).id();
      case MAIL -> atOnce.computeIfAbsent(person, this::atOnce).id();
    };
  }

  private NoticeMail atOnce(PersonId person) {
    NoticeMail waiting = waiting(person);
    if (waiting != null) {
      return waiting;
    }
    Object[] before =
        entities
            .createQuery(
                "select count(m), max(m.plannedAt) from NoticeMail m where m.userId = :person"
                    + " and m.digestOn is null and m.plannedAt > :since",
                Object[].class)
            .setParameter("person", person)
            .setParameter("since", now.minus(DAY))
            .getSingleResult();
    if ((Long) before[0] >= MOST_A_DAY) {
      return digest(person);
    }
    Instant last = (Instant) before[1];
    Instant next = last == null ? now : last.plus(APART);
    return planned(new NoticeMail(organisationId, person, null, next.isBefore(now) ? now : next));
  }

  /** The mail at once that was not sent yet, locked, so that nobody sends it meanwhile. */
  private @Nullable NoticeMail waiting(PersonId person) {
    return entities
        .createQuery(
            "select m from NoticeMail m where m.userId = :person and m.digestOn is null"
                + " and m.state = WAITING and m.attempts = 0 order by m.plannedAt",
            NoticeMail.class)
        .setParameter("person", person)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList()
        .stream()
        .filter(NoticeMail::open)
        .findFirst()
        .orElse(null);
  }

  private NoticeMail digest(PersonId person) {
    return digests.computeIfAbsent(person, this::nextDigest);
  }

  private NoticeMail nextDigest(PersonId person) {
    LocalDate day = digestDay(now);
    while (true) {
      NoticeMail planned =
          entities
              .createQuery(
                  "select m from NoticeMail m where m.userId = :person and m.digestOn = :day",
                  NoticeMail.class)
              .setParameter("person", person)
              .setParameter("day", day.toString())
              .setLockMode(LockModeType.PESSIMISTIC_WRITE)
              .getSingleResultOrNull();
      if (planned == null) {
        return planned(
            new NoticeMail(
                organisationId,
                person,
                day.toString(),
                day.atTime(DIGEST).toInstant(ZoneOffset.UTC)));
      }
      if (planned.open()) {
        return planned;
      }
      day = day.plusDays(1);
    }
  }

  /** The day of the next digest after a time. */
  static LocalDate digestDay(Instant time) {
    LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
    return time.isBefore(day.atTime(DIGEST).toInstant(ZoneOffset.UTC)) ? day : day.plusDays(1);
  }

  private NoticeMail planned(NoticeMail mail) {
    entities.persist(mail);
    return mail;
  }
}
