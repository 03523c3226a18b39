package io.keyturn.user;

import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signing in by password. Without a transaction of its own, for hashing takes long and must not
 * hold a connection of the database.
 */
@ApplicationScoped
public class Authentication {
  private static final int MIN_PASSWORD = 12;
  private static final int MAX_PASSWORD = 200;

  @Inject private Users users;
  @Inject private Passwords passwords;
  @Inject private SignInBackOff backOff;

  /** What became of a try to sign in. */
  public sealed interface Outcome {
    /** The password fits. */
    record Welcome(User user) implements Outcome {}

    /** Wrong address, wrong password, or an account that is closed: never said which. */
    record Refused() implements Outcome {}

    /** Too many failures; the password was not looked at. */
    record Later(Instant openAgain) implements Outcome {}
  }

  /**
   * Tries to sign somebody in.
   *
   * @param domain the organisation that the Host names, if it names one
   * @param address where the try comes from
   */
  public Outcome signIn(String email, String password, @Nullable String domain, String address) {
    String account = Users.normal(email);
    Optional<Instant> closed = backOff.closedUntil(account, address);
    if (closed.isPresent()) {
      return new Outcome.Later(closed.get());
    }
    User user = users.account(account, domain).orElse(null);
    boolean fits = passwords.verify(password, user == null ? null : user.passwordHash());
    if (user == null || !fits) {
      backOff.failed(account, address);
      if (user != null) {
        users.record(user, "SIGN_IN_FAILED", address);
      }
      return new Outcome.Refused();
    }
    backOff.succeeded(account);
    users.record(user, "SIGNED_IN", address);
    return new Outcome.Welcome(user);
  }

  /** Whether the password is this person's, asked again before something delicate. */
  public boolean confirm(User user, String password, String address) {
    if (backOff.closedUntil(user.email(), address).isPresent()) {
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
  public User changePassword(User user, String old, String wanted, String address) {
    if (!confirm(user, old, address)) {
      throw ProblemException.invalid("old_password", "is not your password");
    }
    if (wanted.length() < MIN_PASSWORD || wanted.length() > MAX_PASSWORD) {
      throw ProblemException.invalid(
          "new_password", "must have " + MIN_PASSWORD + " to " + MAX_PASSWORD + " characters");
    }
    if (wanted.equals(old)) {
      throw ProblemException.invalid("new_password", "must be another than the old one");
    }
    return users.setPassword(user.id(), passwords.hash(wanted), address);
  }
}
