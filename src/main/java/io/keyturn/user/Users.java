package io.keyturn.user;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.invitation.OneTimeLinks;
import io.keyturn.user.signin.Passwords;
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
  @Inject private OneTimeLinks links;
  @Inject private Organisations organisations;
  @Inject private SignedPeople signed;
  @PersistenceContext private EntityManager entities;

  /** Makes the built-in roles of a new organisation. */
  public void createRoles(UUID organisationId) {
    for (BuiltInRole role : BuiltInRole.values()) {
      entities.persist(new Role(UUID.randomUUID(), organisationId, role, signed.key()));
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
        new User(
            organisationId,
            normal(email),
            name,
            role(organisationId, role),
            clock.instant(),
            signed.key());
    user.join(name, clock.instant(), signed.key());
    user.password(passwords.hash(password), changeDue, signed.key());
    entities.persist(user);
    audit.append(organisationId, Actor.SYSTEM, AuditAction.USER_CREATED, subject(user), Map.of());
    return user;
  }

  /**
   * A built-in role of an organisation.
   *
   * @throws ProblemException 409 where somebody else has changed it
   */
  Role role(UUID organisationId, BuiltInRole role) {
    return signed.requireGenuine(
        entities
            .createQuery(
                "select r from Role r where r.organisationId = :organisation and r.name = :name",
                Role.class)
            .setParameter("organisation", organisationId)
            .setParameter("name", role.title())
            .getSingleResult());
  }

  /**
   * The account with this address, if somebody may sign in with it.
   *
   * @param domain the organisation that the Host names, if it names one
   */
  public Optional<User> account(String email, @Nullable String domain) {
    return byEmail(normal(email)).filter(user -> mayEnter(user, domain));
  }

  /**
   * The person who joined with this address, be they active or not; nobody whose row is not ours.
   */
  public Optional<User> byEmail(String email) {
    return unverified(email).filter(signed::genuine);
  }

  /** The person who joined with this address. Nothing of the row may be believed. */
  public Optional<User> unverified(String email) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select u from User u join fetch u.role where u.joinedEmail = :email"
                    + " and u.email = :email",
                User.class)
            .setParameter("email", email)
            .getSingleResultOrNull());
  }

  /**
   * The person of an organisation with this address, whatever their standing. Nothing of the row
   * may be believed.
   */
  public Optional<User> unverified(UUID organisationId, String email) {
    return Optional.ofNullable(
        entities
            .createQuery(
                "select u from User u join fetch u.role where u.organisationId = :organisation"
                    + " and u.email = :email",
                User.class)
            .setParameter("organisation", organisationId)
            .setParameter("email", email)
            .getSingleResultOrNull());
  }

  private boolean mayEnter(User user, @Nullable String domain) {
    Organisation organisation = organisations.byId(user.organisationId()).orElseThrow();
    return user.active()
        && !organisation.suspended()
        && (domain == null || domain.equals(organisation.domain()));
  }

  /** Puts into the audit log what a person did to their own account. */
  public void record(User user, AuditAction action, String address) {
    audit.append(user.organisationId(), actor(user, address), action, subject(user), Map.of());
  }

  /** Stores a new password, which ends this person's sessions and their one-time link. */
  public User setPassword(UUID userId, String hash, String address) {
    lock(userId);
    User user = byId(userId).orElseThrow();
    user.password(hash, false, signed.key());
    links.withdraw(user);
    record(user, AuditAction.PASSWORD_CHANGED, address);
    return user;
  }

  /** Ends all of a person's sessions, the one that asks for it too, and their one-time link. */
  public void endSessions(UUID userId, String address) {
    lock(userId);
    User user = byId(userId).orElseThrow();
    user.endSessions(signed.key());
    links.withdraw(user);
    record(user, AuditAction.SIGNED_OUT_EVERYWHERE, address);
  }

  /** Keeps others from changing this person till the transaction ends. Call it before reading. */
  public void lock(UUID id) {
    entities
        .createQuery("select u from User u where u.id = :id", User.class)
        .setParameter("id", id)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /**
   * The person with this id and the role, for the session of a request; nobody whose row, or whose
   * role's, is not ours.
   */
  public Optional<User> byId(UUID id) {
    return unverified(id).filter(signed::genuine);
  }

  /** The person with this id. Nothing of the row may be believed. */
  public Optional<User> unverified(UUID id) {
    return Optional.ofNullable(
        entities
            .createQuery("select u from User u join fetch u.role where u.id = :id", User.class)
            .setParameter("id", id)
            .getSingleResultOrNull());
  }

  public static String normal(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  public static Actor actor(User user, String address) {
    return new Actor(Actor.Type.PERSON, user.id(), user.email(), address);
  }

  public static Subject subject(User user) {
    return new Subject("user", user.id(), user.email());
  }
}
