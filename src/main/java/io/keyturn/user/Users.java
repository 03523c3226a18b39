package io.keyturn.user;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people of an organisation. */
@ApplicationScoped
@Transactional
public class Users {
  @Inject private Clock clock;
  @Inject private Passwords passwords;
  @Inject private AuditLog audit;
  @Inject private Organisations organisations;
  @PersistenceContext private EntityManager entities;

  /** Makes the built-in roles of a new organisation. */
  public void createRoles(UUID organisationId) {
    for (BuiltInRole role : BuiltInRole.values()) {
      entities.persist(new Role(UUID.randomUUID(), organisationId, role));
    }
  }

  /**
   * Makes a person with a password.
   *
   * @param changeDue whether it must be changed at the first sign-in
   */
  public User create(
      UUID organisationId,
      String email,
      String name,
      BuiltInRole role,
      String password,
      boolean changeDue) {
    User user =
        new User(organisationId, normal(email), name, role(organisationId, role), clock.instant());
    user.join(name, clock.instant());
    user.password(passwords.hash(password), changeDue);
    entities.persist(user);
    audit.append(organisationId, Actor.SYSTEM, "USER_CREATED", subject(user), Map.of());
    return user;
  }

  /** A built-in role of an organisation. */
  Role role(UUID organisationId, BuiltInRole role) {
    return entities
        .createQuery(
            "select r from Role r where r.organisationId = :organisation and r.name = :name",
            Role.class)
        .setParameter("organisation", organisationId)
        .setParameter("name", role.title())
        .getSingleResult();
  }

  /**
   * The account with this address, if somebody may sign in with it.
   *
   * @param domain the organisation that the Host names, if it names one
   */
  Optional<User> account(String email, @Nullable String domain) {
    return byEmail(normal(email)).filter(user -> mayEnter(user, domain));
  }

  /** The person with this address, whatever their standing. */
  Optional<User> byEmail(String email) {
    return entities
        .createQuery("select u from User u join fetch u.role where u.email = :email", User.class)
        .setParameter("email", email)
        .getResultStream()
        .findFirst();
  }

  private boolean mayEnter(User user, @Nullable String domain) {
    Organisation organisation = organisations.byId(user.organisationId()).orElseThrow();
    return user.active()
        && !organisation.suspended()
        && (domain == null || domain.equals(organisation.domain()));
  }

  /** Puts into the audit log what a person did to their own account. */
  void record(User user, String action, String address) {
    audit.append(user.organisationId(), actor(user, address), action, subject(user), Map.of());
  }

  /** Stores a new password, which ends this person's sessions. */
  User setPassword(UUID userId, String hash, String address) {
    lock(userId);
    User user = byId(userId).orElseThrow();
    user.password(hash, false);
    record(user, "PASSWORD_CHANGED", address);
    return user;
  }

  /** Ends all of a person's sessions, the one that asks for it too. */
  public void endSessions(UUID userId, String address) {
    lock(userId);
    User user = byId(userId).orElseThrow();
    user.endSessions();
    record(user, "SIGNED_OUT_EVERYWHERE", address);
  }

  /** Keeps others from changing this person till the transaction ends. Call it before reading. */
  void lock(UUID id) {
    entities
        .createQuery("select u from User u where u.id = :id", User.class)
        .setParameter("id", id)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /** The person with this id and the role, for the session of a request. */
  public Optional<User> byId(UUID id) {
    return entities
        .createQuery("select u from User u join fetch u.role where u.id = :id", User.class)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  static String normal(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  static Actor actor(User user, String address) {
    return new Actor(Actor.Type.PERSON, user.id(), user.email(), address);
  }

  static Subject subject(User user) {
    return new Subject("user", user.id(), user.email());
  }
}
