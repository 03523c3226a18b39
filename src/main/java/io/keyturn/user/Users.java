package io.keyturn.user;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The people of an organisation and how they sign in. */
@ApplicationScoped
@Transactional
public class Users {
  /** The shortest password taken, in characters. */
  public static final int MIN_PASSWORD = 12;

  private static final int MAX_PASSWORD = 200;

  @Inject private Clock clock;
  @Inject private Passwords passwords;
  @Inject private SignInBackOff backOff;
  @Inject private AuditLog audit;
  @Inject private Organisations organisations;
  @PersistenceContext private EntityManager entities;

  /** What became of a try to sign in. */
  public sealed interface SignIn {
    /** The password fits. */
    record Welcome(User user) implements SignIn {}

    /** Wrong address, wrong password, or an account that is closed: never said which. */
    record Refused() implements SignIn {}

    /** Too many failures; the password was not looked at. */
    record Later(Instant openAgain) implements SignIn {}
  }

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
    user.password(passwords.hash(password), changeDue);
    entities.persist(user);
    audit.append(organisationId, Actor.SYSTEM, "USER_CREATED", subject(user), Map.of());
    return user;
  }

  private Role role(UUID organisationId, BuiltInRole role) {
    return entities
        .createQuery(
            "select r from Role r where r.organisationId = :organisation and r.name = :name",
            Role.class)
        .setParameter("organisation", organisationId)
        .setParameter("name", role.title())
        .getSingleResult();
  }

  /**
   * Tries to sign somebody in.
   *
   * @param domain the organisation that the Host names, if it names one
   * @param address where the try comes from
   */
  @Transactional(Transactional.TxType.NOT_SUPPORTED) // Hashing must not hold a connection.
  public SignIn signIn(String email, String password, @Nullable String domain, String address) {
    String account = normal(email);
    Optional<Instant> closed = backOff.closedUntil(account, address);
    if (closed.isPresent()) {
      return new SignIn.Later(closed.get());
    }
    User user = byEmail(account).filter(u -> mayEnter(u, domain)).orElse(null);
    boolean fits = passwords.verify(password, user == null ? null : user.passwordHash());
    if (user == null || !fits) {
      backOff.failed(account, address);
      if (user != null) {
        audit.append(
            user.organisationId(), actor(user, address), "SIGN_IN_FAILED", subject(user), Map.of());
      }
      return new SignIn.Refused();
    }
    backOff.succeeded(account);
    audit.append(user.organisationId(), actor(user, address), "SIGNED_IN", subject(user), Map.of());
    return new SignIn.Welcome(user);
  }

  private boolean mayEnter(User user, @Nullable String domain) {
    Organisation organisation = organisations.byId(user.organisationId()).orElseThrow();
    return user.active()
        && !organisation.suspended()
        && (domain == null || domain.equals(organisation.domain()));
  }

  /** Whether the password is this person's, asked again before something delicate. */
  @Transactional(Transactional.TxType.SUPPORTS)
  public boolean confirm(UUID userId, String password, String address) {
    User user = entities.find(User.class, userId);
    if (user == null || backOff.closedUntil(user.email(), address).isPresent()) {
      return false;
    }
    boolean fits = passwords.verify(password, user.passwordHash());
    if (!fits) {
      backOff.failed(user.email(), address);
    }
    return fits;
  }

  /**
   * Changes a person's password by the old one.
   *
   * @throws ProblemException 422 for {@code old_password} or {@code new_password}
   */
  public User changePassword(UUID userId, String old, String wanted, String address) {
    User user = entities.find(User.class, userId);
    if (user == null || !confirm(userId, old, address)) {
      throw ProblemException.invalid("old_password", "is not your password");
    }
    if (wanted.length() < MIN_PASSWORD || wanted.length() > MAX_PASSWORD) {
      throw ProblemException.invalid(
          "new_password", "must have " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters");
    }
    if (wanted.equals(old)) {
      throw ProblemException.invalid("new_password", "must be another than the old one");
    }
    user.password(passwords.hash(wanted), false);
    audit.append(
        user.organisationId(), actor(user, address), "PASSWORD_CHANGED", subject(user), Map.of());
    return user;
  }

  /** The person with this id and the role, for the session of a request. */
  public Optional<User> byId(UUID id) {
    return entities
        .createQuery("select u from User u join fetch u.role where u.id = :id", User.class)
        .setParameter("id", id)
        .getResultStream()
        .findFirst();
  }

  private Optional<User> byEmail(String email) {
    return entities
        .createQuery("select u from User u join fetch u.role where u.email = :email", User.class)
        .setParameter("email", email)
        .getResultStream()
        .findFirst();
  }

  private static String normal(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  private static Actor actor(User user, String address) {
    return new Actor(Actor.Type.PERSON, user.id(), user.email(), address);
  }

  private static Subject subject(User user) {
    return new Subject("user", user.id(), user.email());
  }
}
