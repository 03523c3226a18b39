package io.keyturn.user.signin;

import io.keyturn.access.PersonId;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.HostNames;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The person of the running request. It is read from the database at each request, so that a
 * deactivation or a changed role takes effect at once.
 */
@RequestScoped
public class CurrentUser {
  private static final String ATTRIBUTE = "keyturn.signed-in";
  private static final Duration LONGEST_SESSION = Duration.ofHours(12);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(30);

  /** The precision of a session's last use. A session is written at most once a minute. */
  private static final Duration SEEN = Duration.ofMinutes(1);

  /** How long after entering the password a sensitive action needs no new confirmation. */
  public static final Duration RECENT = Duration.ofMinutes(15);

  @Inject private HttpServletRequest request;
  @Inject private Users users;
  @Inject private Authentication authentication;
  @Inject private Organisations organisations;
  @Inject private HostNames hosts;
  @Inject private Clock clock;

  private boolean loaded;
  private @Nullable User user;
  private @Nullable Organisation organisation;

  private record SignedIn(
      PersonId user, UUID stamp, Instant since, Instant passwordAt, Instant seenAt)
      implements Serializable {

    boolean over(Instant now) {
      return since.plus(LONGEST_SESSION).isBefore(now) || seenAt.plus(LONGEST_IDLE).isBefore(now);
    }

    SignedIn confirmed(Instant now) {
      return new SignedIn(user, stamp, since, now, now);
    }

    SignedIn seen(Instant now) {
      return new SignedIn(user, stamp, since, passwordAt, now);
    }
  }

  /** Starts a session for a person whose password was just checked. */
  public void signIn(User verified) {
    signIn(verified, clock.instant());
  }

  /**
   * Starts a session for a person whom a provider has authenticated.
   *
   * @param confirmedAt when the person authenticated at the provider
   */
  public void signIn(User verified, Instant confirmedAt) {
    if (signedIn().filter(s -> !s.user().equals(verified.id())).isPresent()) {
      // Ends the previous session, so that this person does not inherit its open pages.
      signOut();
    }
    HttpSession session = request.getSession(true);
    request.changeSessionId();
    Instant now = clock.instant();
    Instant confirmed = confirmedAt.isBefore(now) ? confirmedAt : now;
    session.setAttribute(
        ATTRIBUTE, new SignedIn(verified.id(), verified.sessionStamp(), now, confirmed, now));
    loaded = false;
  }

  /** Ends the session. */
  public void signOut() {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    loaded = true;
    user = null;
  }

  /** The person; empty when nobody is signed in. */
  public Optional<User> find() {
    if (!loaded) {
      loaded = true;
      Optional<SignedIn> session = signedIn();
      user = session.flatMap(this::load).orElse(null);
      if (session.isPresent() && user == null) {
        signOut();
      }
    }
    return Optional.ofNullable(user);
  }

  /**
   * The person.
   *
   * @throws ProblemException 401 when nobody is signed in
   */
  public User get() {
    return find()
        .orElseThrow(
            () -> new ProblemException(ProblemType.UNAUTHENTICATED, "Please sign in again."));
  }

  /** The person's organisation. */
  public Organisation organisation() {
    get();
    if (organisation == null) {
      throw new IllegalStateException();
    }
    return organisation;
  }

  /** Whether the person has this scope. */
  public boolean may(Scope scope) {
    return find().map(u -> u.role().scopes().contains(scope)).orElse(false);
  }

  /**
   * Refuses a person without this scope.
   *
   * @throws ProblemException 403 naming the scope
   */
  public void require(Scope scope) {
    get();
    if (!may(scope)) {
      throw new ProblemException(
          ProblemType.FORBIDDEN, "Your role does not allow this: " + scope.description() + ".");
    }
  }

  /** The person as the audit log names them. */
  public Actor actor() {
    User person = get();
    return new Actor(
        Actor.Type.PERSON, person.id().value(), person.email(), ClientAddress.of(request));
  }

  /** Whether the password was entered within the last 15 minutes. */
  public boolean recentlyConfirmed() {
    return signedIn().map(s -> s.passwordAt().plus(RECENT).isAfter(clock.instant())).orElse(false);
  }

  /**
   * Asks for the password again.
   *
   * @return the reason for a refusal, as a sentence; empty when the password is right
   */
  public Optional<String> confirm(String password) {
    Optional<String> refused = authentication.confirm(get(), password, place());
    if (refused.isEmpty()) {
      signedIn().ifPresent(s -> keep(s.confirmed(clock.instant())));
    }
    return refused;
  }

  /** The session as a sign-in place, with its own budget of failures. */
  public SignInPlace place() {
    return new SignInPlace(
        ClientAddress.of(request),
        signedIn().map(s -> "session " + s.user() + " " + s.since()).orElse(null));
  }

  private Optional<SignedIn> signedIn() {
    HttpSession session = request.getSession(false);
    return session == null
        ? Optional.empty()
        : Optional.ofNullable((SignedIn) session.getAttribute(ATTRIBUTE));
  }

  private void keep(SignedIn session) {
    request.getSession(true).setAttribute(ATTRIBUTE, session);
  }

  private Optional<User> load(SignedIn session) {
    Instant now = clock.instant();
    if (session.over(now)) {
      return Optional.empty();
    }
    if (session.seenAt().plus(SEEN).isBefore(now)) {
      keep(session.seen(now));
    }
    Optional<User> found =
        users
            .byId(session.user())
            .filter(u -> u.active() && u.sessionStamp().equals(session.stamp()));
    organisation = found.flatMap(u -> organisations.byId(u.organisationId())).orElse(null);
    return found.filter(u -> organisationAdmits());
  }

  private boolean organisationAdmits() {
    return organisation != null
        && !organisation.suspended()
        && hosts.label(request).map(organisation.domain()::equals).orElse(true);
  }
}
