package io.keyturn.user.invitation;

import io.keyturn.access.PersonId;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.database.UniqueConstraint;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.SignedPeople;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates one-time links and accepts them. */
@ApplicationScoped
@Transactional
public class OneTimeLinks {
  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private Users users;
  @Inject private Organisations organisations;
  @Inject private SignedPeople signed;
  @PersistenceContext private EntityManager entities;

  /** Creates a link for a person; the previous link stops working. */
  public IssuedLink issue(User user) {
    return issue(user, organisations.byId(user.organisationId()).orElseThrow());
  }

  /** Creates a link for a person; the previous link stops working. */
  public IssuedLink issue(User user, Organisation organisation) {
    Instant now = clock.instant();
    return new IssuedLink(
        user.email(),
        organisation.name(),
        organisation.domain(),
        user.role().name(),
        user.standing() == User.Standing.INVITED,
        token(user, now),
        now.plus(OneTimeLink.VALID));
  }

  private LinkToken token(User user, Instant now) {
    LinkToken token = LinkToken.random();
    OneTimeLink link = entities.find(OneTimeLink.class, user.id());
    if (link == null) {
      entities.persist(new OneTimeLink(user, token, now, signed.key()));
    } else {
      link.renew(user, token, now, signed.key());
    }
    return token;
  }

  /** Deletes a person's link, if there is one. */
  public void withdraw(User user) {
    OneTimeLink link = entities.find(OneTimeLink.class, user.id());
    if (link != null) {
      entities.remove(link);
    }
  }

  /**
   * The person for whom this link was created.
   *
   * @param domain the organisation that the Host names; null when it names none
   * @return empty when the link is unknown, used or expired, or the person may not enter
   */
  public Optional<User> holder(LinkToken token, @Nullable String domain) {
    return userId(token)
        .flatMap(users::byId)
        .filter(user -> user.standing() != User.Standing.DEACTIVATED)
        .filter(user -> admitted(user, domain))
        .filter(user -> valid(user));
  }

  /**
   * Uses a link: sets the password and, when the person joins with it, the name.
   *
   * @return empty when {@link #holder} is empty
   * @throws ProblemException 409 when the person has already joined another organisation
   */
  public Optional<User> follow(
      LinkToken token, @Nullable String domain, String name, String hash, String address) {
    // The lock comes before the second read of the link. So only one of two concurrent requests
    // succeeds.
    userId(token).ifPresent(users::lock);
    Optional<User> holder = holder(token, domain);
    holder.ifPresent(
        user -> {
          boolean joins = user.standing() == User.Standing.INVITED;
          if (joins) {
            refuseJoined(user);
            user.join(name, clock.instant(), signed.key());
            flushJoined();
          }
          user.password(hash, false, signed.key());
          withdraw(user);
          audit.append(
              user.organisationId(),
              Users.actor(user, address),
              joins ? AuditAction.USER_JOINED : AuditAction.PASSWORD_RESET,
              Users.subject(user),
              Map.of());
        });
    return holder;
  }

  /** The holder of the link owns the address, and so may learn of the other account. */
  private void refuseJoined(User user) {
    if (users.unverified(user.email()).isPresent()) {
      throw joinedElsewhere();
    }
  }

  private void flushJoined() {
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (!UniqueConstraint.violated(e)) {
        throw e;
      }
      // The address joined another organisation between the read and the write.
      throw joinedElsewhere();
    }
  }

  private static ProblemException joinedElsewhere() {
    return new ProblemException(
        ProblemType.CONFLICT,
        "This address has an account in another organisation already. Ask the person"
            + " who invited you to invite another address of yours.");
  }

  private Optional<PersonId> userId(LinkToken token) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select l.userId from OneTimeLink l where l.digest = :digest", PersonId.class)
            .setParameter("digest", token.digest())
            .getSingleResultOrNull());
  }

  private boolean valid(User user) {
    OneTimeLink link = entities.find(OneTimeLink.class, user.id());
    return link != null && link.valid(clock.instant()) && signed.genuine(link, user);
  }

  private boolean admitted(User user, @Nullable String domain) {
    Organisation organisation = organisations.byId(user.organisationId()).orElseThrow();
    return !organisation.suspended() && (domain == null || domain.equals(organisation.domain()));
  }
}
