package io.keyturn.user;

import io.keyturn.access.PersonId;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.language.Language;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
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

  /** Creates the built-in roles of a new organisation. */
  public void createRoles(OrganisationId organisationId) {
    for (BuiltInRole role : BuiltInRole.values()) {
      entities.persist(new Role(UUID.randomUUID(), organisationId, role, signed.key()));
    }
  }

  /**
   * Creates a person with a password.
   *
   * @param changeDue whether the person must change it at the first sign-in
   */
  public User create(
      OrganisationId organisationId,
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
   * @throws ProblemException 409 for a tampered row
   */
  Role role(OrganisationId organisationId, BuiltInRole role) {
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
   * The active account with this address.
   *
   * @param domain the organisation that the Host names; null when it names none
   */
  public Optional<User> account(String email, @Nullable String domain) {
    return byEmail(normal(email)).filter(user -> mayEnter(user, domain));
  }

  /** The person who joined with this address, active or not. Empty for a tampered row. */
  public Optional<User> byEmail(String email) {
    return unverified(email).filter(signed::genuine);
  }

  /** The person who joined with this address. The row is not checked for tampering. */
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
   * The person of an organisation with this address, whatever their standing. The row is not
   * checked for tampering.
   */
  public Optional<User> unverified(OrganisationId organisationId, String email) {
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

  /** Records in the audit log what a person did to their own account. */
  public void record(User user, AuditAction action, String address) {
    audit.append(user.organisationId(), actor(user, address), action, subject(user), Map.of());
  }

  /** Stores a new password, ends the person's sessions and deletes their one-time link. */
  public User setPassword(PersonId userId, String hash, String address) {
    lock(userId);
    User user = byId(userId).orElseThrow();
    user.password(hash, false, signed.key());
    links.withdraw(user);
    record(user, AuditAction.PASSWORD_CHANGED, address);
    return user;
  }

  /**
   * Ends all sessions of a person, including the session of this request, and deletes their
   * one-time link.
   */
  public void endSessions(PersonId userId, String address) {
    lock(userId);
    User user = byId(userId).orElseThrow();
    user.endSessions(signed.key());
    links.withdraw(user);
    record(user, AuditAction.SIGNED_OUT_EVERYWHERE, address);
  }

  /** Stores the language that a person has chosen for pages and mails. */
  public void language(PersonId userId, Language chosen) {
    byId(userId).orElseThrow().language(chosen);
  }

  /** Locks this person's row until the transaction ends. Call it before you read the row. */
  public void lock(PersonId id) {
    entities
        .createQuery("select u from User u where u.id = :id", User.class)
        .setParameter("id", id)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .getResultList();
  }

  /**
   * The person with this id and their role, for the session of a request. Empty when either row was
   * tampered with.
   */
  public Optional<User> byId(PersonId id) {
    return unverified(id).filter(signed::genuine);
  }

  /** The person with this id. The row is not checked for tampering. */
  public Optional<User> unverified(PersonId id) {
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
    return new Actor(Actor.Type.PERSON, user.id().value(), user.email(), address);
  }

  public static Subject subject(User user) {
    return new Subject("user", user.id().value(), user.email());
  }
}
