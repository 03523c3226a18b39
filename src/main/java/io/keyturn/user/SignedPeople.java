package io.keyturn.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.keyring.Keyring;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Hmac;
import io.keyturn.user.invitation.OneTimeLink;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells the rows of people, roles and one-time links that we wrote from those that somebody else
 * has changed, who can write the database and has none of our keys. The latter are refused, and are
 * in the log and in the organisation's audit log.
 */
@ApplicationScoped
public class SignedPeople {
  private static final Logger LOG = Logger.getLogger(SignedPeople.class.getName());

  @Inject private Keyring keyring;
  @Inject private AuditLog audit;
  @PersistenceContext private EntityManager entities;
  @Resource private ManagedExecutorService executor;

  /** What was told of lately: each request of a person's session would tell it again. */
  private final Cache<UUID, Boolean> told =
      Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofHours(1)).build();

  /** The key of the rows' MACs. */
  public Hmac key() {
    return keyring.peopleKey();
  }

  /** Whether a person's row and their role's are ours. What is not is told. */
  public boolean genuine(User user) {
    boolean own = user.genuine(key());
    if (!own) {
      tell(user.organisationId(), user.id(), Users.subject(user), AuditAction.USER_TAMPERED);
    }
    return genuine(user.role()) && own;
  }

  /** Whether a role's row is ours. What is not is told. */
  public boolean genuine(Role role) {
    boolean genuine = role.genuine(key());
    if (!genuine) {
      tell(role.organisationId(), role.id(), role.subject(), AuditAction.ROLE_TAMPERED);
    }
    return genuine;
  }

  /** Whether the row of a genuine person's link is ours. What is not is told. */
  public boolean genuine(OneTimeLink link, User user) {
    boolean genuine = link.genuine(user, key());
    if (!genuine) {
      Subject subject = new Subject("one_time_link", user.id(), user.email());
      tell(user.organisationId(), link.tellAs(), subject, AuditAction.ONE_TIME_LINK_TAMPERED);
    }
    return genuine;
  }

  /**
   * Refuses a role that somebody else has changed.
   *
   * @throws ProblemException 409
   */
  Role requireGenuine(Role role) {
    if (!genuine(role)) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The role \""
              + role.name()
              + "\" was changed in the database by somebody else, and is refused.");
    }
    return role;
  }

  /** Apart from the running transaction, which may be rolled back and may hold the chain's lock. */
  private void tell(UUID organisationId, UUID row, Subject subject, AuditAction action) {
    if (told.asMap().putIfAbsent(row, true) != null) {
      return;
    }
    LOG.log(
        Level.SEVERE,
        "{0} {1} was changed in the database by somebody else; refused",
        new Object[] {subject.type().replace('_', ' '), subject.id()});
    executor.execute(
        () -> {
          try {
            audit.append(organisationId, Actor.SYSTEM, action, subject, Map.of());
          } catch (RuntimeException e) {
            told.invalidate(row);
            LOG.log(Level.WARNING, "the audit log could not be told of a changed row", e);
          }
        });
  }

  /**
   * Signs the rows of a database that comes from a version without signatures, once in its life:
   * later an unsigned row is one that somebody else has written.
   */
  @Transactional
  public void signOnce() {
    keyring.signPeopleOnce(this::sign);
  }

  private void sign() {
    entities
        .createQuery("select r from Role r", Role.class)
        .getResultStream()
        .forEach(role -> role.sign(key()));
    entities
        .createQuery("select u from User u join fetch u.role", User.class)
        .getResultStream()
        .forEach(user -> user.sign(key()));
    entities
        .createQuery(
            "select l, u from OneTimeLink l join User u on u.id = l.userId", Object[].class)
        .getResultStream()
        .forEach(row -> ((OneTimeLink) row[0]).sign((User) row[1], key()));
  }
}
