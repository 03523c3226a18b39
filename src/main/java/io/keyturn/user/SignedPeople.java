package io.keyturn.user;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.OrganisationId;
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
 * Detects tampering with the rows of people, roles and one-time links: an attacker who can write to
 * the database, but does not have the keys, cannot sign a row. A tampered row is refused, and
 * reported in the log and in the organisation's audit log.
 */
@ApplicationScoped
public class SignedPeople {
  private static final Logger LOG = Logger.getLogger(SignedPeople.class.getName());

  @Inject private Keyring keyring;
  @Inject private AuditLog audit;
  @PersistenceContext private EntityManager entities;
  @Resource private ManagedExecutorService executor;

  /**
   * The rows that were reported in the last hour. Without it, each request of a session would
   * repeat the report.
   */
  private final Cache<UUID, Boolean> told =
      Caffeine.newBuilder().maximumSize(1000).expireAfterWrite(Duration.ofHours(1)).build();

  /** The key of the rows' MACs. */
  public Hmac key() {
    return keyring.peopleKey();
  }

  /**
   * Whether this application wrote the rows of a person and of their role. Tampering is reported.
   */
  public boolean genuine(User user) {
    boolean own = user.genuine(key());
    if (!own) {
      tell(
          user.organisationId(), user.id().value(), Users.subject(user), AuditAction.USER_TAMPERED);
    }
    return genuine(user.role()) && own;
  }

  /** Whether this application wrote a role's row. Tampering is reported. */
  public boolean genuine(Role role) {
    boolean genuine = role.genuine(key());
    if (!genuine) {
      tell(role.organisationId(), role.id(), role.subject(), AuditAction.ROLE_TAMPERED);
    }
    return genuine;
  }

  /**
   * Whether this application wrote the row of a link. Tampering is reported. The person's row must
   * be genuine.
   */
  public boolean genuine(OneTimeLink link, User user) {
    boolean genuine = link.genuine(user, key());
    if (!genuine) {
      Subject subject = new Subject("one_time_link", user.id().value(), user.email());
      tell(user.organisationId(), link.tellAs(), subject, AuditAction.ONE_TIME_LINK_TAMPERED);
    }
    return genuine;
  }

  /**
   * Refuses a tampered role.
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

  /**
   * Runs outside the current transaction, which may be rolled back and may hold the chain's lock.
   */
  private void tell(OrganisationId organisationId, UUID row, Subject subject, AuditAction action) {
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
   * Signs all rows of a database that was created by a version without signatures. This happens
   * once in the life of a database; an unsigned row found later is a tampered row.
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
