package io.keyturn.user.signin;

import io.keyturn.audit.AuditAction;
import io.keyturn.http.OneLine;
import io.keyturn.problem.Count;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import io.keyturn.user.invitation.LinkToken;
import io.keyturn.user.invitation.OneTimeLinks;
import io.keyturn.user.signin.FederatedPeople.Admission;
import io.keyturn.user.signin.FederatedPeople.VerifiedIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in by password: a password stored here, or a password of the server's user registry.
 * It has no transaction of its own, because hashing takes long and must not hold a database
 * connection.
 */
@ApplicationScoped
public class Authentication {
  private static final Logger LOG = Logger.getLogger(Authentication.class.getName());
  private static final String WRONG = "Password is wrong.";

  /** The name of the server's user registry in messages to people. */
  public static final String DIRECTORY = "The directory";

  private static final int MIN_PASSWORD = 12;
  private static final int MAX_PASSWORD = 200;
  private static final int LONGEST_NAME = 200;

  @Inject private Users users;
  @Inject private OneTimeLinks links;
  @Inject private Passwords passwords;
  @Inject private SignInBackOff backOff;
  @Inject private ServerRegistry registry;
  @Inject private FederatedPeople federated;
  @Inject private Clock clock;

  /** The outcome of an attempt to sign in. */
  public sealed interface Outcome {
    /** The password fits. */
    record Welcome(User user) implements Outcome {}

    /**
     * The address is wrong, the password is wrong, or the account is closed. The answer never says
     * which.
     */
    record Refused() implements Outcome {}

    /** The directory does not answer, or the password is right but this person may not enter. */
    record NotAdmitted(SsoRefusal why) implements Outcome {}

    /** Too many failures; the password was not checked. */
    record Later(Instant openAgain) implements Outcome {
      /** The message for the person. */
      public String sentence(Clock clock) {
        long seconds = Duration.between(clock.instant(), openAgain).toSeconds() + 1;
        return "There were too many failed attempts. Please try again later: in "
            + Count.of(seconds, "second")
            + ".";
      }
    }
  }

  /**
   * Tries to sign a person in.
   *
   * @param domain the organisation that the Host names; null when it names none
   * @param place where the attempt comes from
   * @throws ProblemException 503 at once, while too many attempts from unknown places are running
   */
  public Outcome signIn(String email, String password, @Nullable String domain, SignInPlace place) {
    String account = Users.normal(email);
    Optional<Instant> closed = backOff.begin(account, place);
    if (closed.isPresent()) {
      return new Outcome.Later(closed.get());
    }
    boolean failed = false;
    try {
      Outcome outcome = look(account, password, domain, place);
      failed = outcome instanceof Outcome.Refused;
      if (outcome instanceof Outcome.Welcome) {
        backOff.succeeded(account, place);
      }
      return outcome;
    } finally {
      backOff.end(account, place, failed);
    }
  }

  private Outcome look(
      String account, String password, @Nullable String domain, SignInPlace place) {
    String address = place.address();
    User known = registry.on(domain) ? users.byEmail(account).orElse(null) : null;
    if (registry.on(domain) && (known == null || registry.keeps(known))) {
      return signInByRegistry(known, account, password, domain, address);
    }
    User user = users.account(account, domain).orElse(null);
    boolean fits =
        passwords.verify(password, user == null ? null : user.passwordHash(), place.isKnown());
    if (user == null || !fits) {
      return refused(user, address);
    }
    users.record(user, AuditAction.SIGNED_IN, address);
    return new Outcome.Welcome(user);
  }

  private Outcome refused(@Nullable User user, String address) {
    if (user != null) {
      users.record(user, AuditAction.SIGN_IN_FAILED, address);
    }
    return new Outcome.Refused();
  }

  private Outcome signInByRegistry(
      @Nullable User known,
      String account,
      String password,
      @Nullable String domain,
      String address) {
    try {
      VerifiedIdentity identity = registry.authenticate(account, password).orElse(null);
      if (identity == null) {
        return refused(known, address);
      }
      Admission admission = federated.admit(registry.organisation(), domain, identity, address);
      if (admission instanceof Admission.Admitted admitted) {
        return new Outcome.Welcome(admitted.user());
      }
      return new Outcome.NotAdmitted(((Admission.Refused) admission).why());
    } catch (ServerRegistry.Unreachable e) {
      return new Outcome.NotAdmitted(unreachable(e));
    }
  }

  /**
   * Asks for a person's password again, before a sensitive action.
   *
   * @param place the person's session; guesses from elsewhere do not count for it
   * @return the reason for a refusal, as a sentence; empty when the password is right
   */
  public Optional<String> confirm(User user, String password, SignInPlace place) {
    try {
      return fits(user, password, place) ? Optional.empty() : Optional.of(WRONG);
    } catch (ProblemException e) {
      return Optional.of(e.detail());
    }
  }

  /**
   * Whether this is the person's password.
   *
   * @throws ProblemException 429 after too many failures, 503 when too many requests wait or the
   *     directory does not answer; the password was then not checked
   */
  private boolean fits(User user, String password, SignInPlace place) {
    backOff
        .begin(user.email(), place)
        .ifPresent(
            until -> {
              throw later(until);
            });
    boolean failed = false;
    try {
      boolean fits =
          registry.knows(user)
              ? registry.fits(user, password)
              : passwords.verify(password, user.passwordHash(), place.isKnown());
      failed = !fits;
      if (fits) {
        backOff.succeeded(user.email(), place);
      }
      return fits;
    } catch (ServerRegistry.Unreachable e) {
      throw new ProblemException(ProblemType.UNAVAILABLE, unreachable(e).sentence(DIRECTORY));
    } finally {
      backOff.end(user.email(), place, failed);
    }
  }

  private static SsoRefusal unreachable(ServerRegistry.Unreachable e) {
    LOG.log(Level.WARNING, "The user registry does not answer: {0}", e.getMessage());
    return SsoRefusal.UNREACHABLE;
  }

  /**
   * Changes a person's password after checking the old password. It is checked whatever else is
   * wrong, so that a person reads of all faults at once.
   *
   * @param repeated the new password as it was entered again
   * @param place the person's session; guesses from elsewhere do not count for it
   * @throws ProblemException 422 for each of {@code old_password}, {@code new_password} and {@code
   *     repeated} that is wrong; 429 after too many failures; 503 when too many requests wait
   */
  public User changePassword(
      User user, String old, String wanted, String repeated, SignInPlace place) {
    if (registry.knows(user)) {
      throw ProblemException.invalid(
          "old_password", "is kept by your organisation's directory: change it there");
    }
    FieldErrors errors = new FieldErrors();
    errors.check(
        () -> {
          if (old.isEmpty()) {
            throw ProblemException.invalid("old_password", "Enter your old password.");
          }
          if (!fits(user, old, place)) {
            throw ProblemException.invalid("old_password", "is not your password");
          }
        });
    errors.check(() -> refuseUnfit(wanted));
    errors.check(
        () -> {
          if (wanted.equals(old) && !wanted.isEmpty()) {
            throw ProblemException.invalid("new_password", "must be another than the old password");
          }
        });
    errors.check(() -> refuseAnother(wanted, repeated));
    errors.refuse();
    return users.setPassword(user.id(), passwords.hash(wanted), place.address());
  }

  /**
   * The person for whom a one-time link was created. The link stays usable.
   *
   * @param domain the organisation that the Host names; null when it names none
   * @throws ProblemException 404 for a link that does not work, whatever the reason; 429 after too
   *     many failures from one address
   */
  public User holder(String token, @Nullable String domain, String address) {
    refuseWhileClosed(address);
    return LinkToken.parse(token)
        .flatMap(t -> links.holder(t, domain))
        .orElseThrow(() -> deadLink(address));
  }

  /**
   * Uses a one-time link to set a password and, when the person joins with it, a name.
   *
   * @param repeated the password as it was entered again
   * @throws ProblemException as for {@link #holder}; 422 for each of {@code name}, {@code
   *     new_password} and {@code repeated} that is wrong
   */
  public User follow(
      String token,
      @Nullable String domain,
      String name,
      String wanted,
      String repeated,
      String address) {
    User user = holder(token, domain, address);
    boolean joins = user.standing() == User.Standing.INVITED;
    FieldErrors errors = new FieldErrors();
    String line = joins ? errors.or("", () -> joined(name)) : user.name();
    errors.check(() -> refuseUnfit(wanted));
    errors.check(() -> refuseAnother(wanted, repeated));
    errors.refuse();
    String hash = passwords.hash(wanted);
    User followed =
        LinkToken.parse(token)
            .flatMap(t -> links.follow(t, domain, line, hash, address))
            .orElseThrow(() -> deadLink(address));
    backOff.succeeded(followed.email(), SignInPlace.unknown(address));
    return followed;
  }

  private void refuseWhileClosed(String address) {
    backOff
        .closedUntil(address)
        .ifPresent(
            until -> {
              throw later(until);
            });
  }

  private ProblemException later(Instant until) {
    return new ProblemException(ProblemType.RATE_LIMITED, new Outcome.Later(until).sentence(clock));
  }

  private ProblemException deadLink(String address) {
    backOff.failed(address);
    return new ProblemException(
        ProblemType.NOT_FOUND,
        "This link does not work: it was used already, has expired, was withdrawn or"
            + " replaced by a newer link, or was not copied whole. Ask an administrator of"
            + " your organisation for a new link.");
  }

  private static String joined(String name) {
    if (name.isBlank()) {
      throw ProblemException.invalid("name", "Enter your name.");
    }
    return OneLine.of("name", name, LONGEST_NAME);
  }

  private static void refuseUnfit(String password) {
    if (password.isEmpty()) {
      throw ProblemException.invalid("new_password", "Enter a password.");
    }
    if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
      throw ProblemException.invalid(
          "new_password", "must have " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters");
    }
  }

  private static void refuseAnother(String password, String repeated) {
    if (repeated.isEmpty()) {
      throw ProblemException.invalid("repeated", "Enter the password again.");
    }
    if (!password.equals(repeated)) {
      throw ProblemException.invalid("repeated", "is not the same as the new password");
    }
  }
}
