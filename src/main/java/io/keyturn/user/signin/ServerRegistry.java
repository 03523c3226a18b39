package io.keyturn.user.signin;

import com.ibm.websphere.security.PasswordCheckFailedException;
import com.ibm.websphere.security.UserRegistry;
import com.ibm.websphere.security.WSSecurityException;
import io.keyturn.user.User;
import io.keyturn.user.invitation.Invitations;
import io.keyturn.user.signin.FederatedPeople.VerifiedIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.rmi.RemoteException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;
import org.jspecify.annotations.Nullable;

/**
 * The server's user registry, such as an LDAP directory. It keeps the passwords of people who sign
 * in by it, but not of people who have a password here.
 */
@ApplicationScoped
class ServerRegistry {
  /**
   * The prefix of the registry's subjects. Subjects of OpenID Connect providers begin with a URL
   * instead.
   */
  private static final String SUBJECT = "registry ";

  private static final Pattern PLAIN = Pattern.compile("[^*()\\\\\"/<>&|=,;:\\s\\p{Cntrl}]+");

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_SUBJECT = 600;

  private final RegistrySettings settings = RegistrySettings.load();
  @Inject private RegistryCalls calls;

  /** There is no registry, or the registry does not answer. */
  static class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }
  }

  /**
   * Whether the registry is used.
   *
   * @param domain the organisation that the Host names; null when it names none
   */
  boolean on(@Nullable String domain) {
    return settings.organisation().filter(o -> domain == null || domain.equals(o)).isPresent();
  }

  /** The domain of the organisation to which the registry's people belong. */
  String organisation() {
    return settings.organisation().orElseThrow();
  }

  /** Whether this person has signed in by the registry before. */
  boolean knows(User user) {
    String subject = user.ssoSubject();
    return settings.organisation().isPresent() && subject != null && subject.startsWith(SUBJECT);
  }

  /** Whether the registry, and not this application, keeps the password of this person. */
  boolean keeps(User user) {
    return knows(user) || user.passwordHash() == null;
  }

  /** Whether this is the password of a person who has signed in by the registry before. */
  boolean fits(User user, String password) throws Unreachable {
    String subject = user.ssoSubject();
    return subject != null
        && ask(r -> securityName(r, subject.substring(SUBJECT.length()), password)).isPresent();
  }

  /**
   * The registry's statement about a person; empty when the address or the password is wrong.
   *
   * @param email in lower case
   */
  Optional<VerifiedIdentity> authenticate(String email, String password) throws Unreachable {
    if (!isPlain(email)) {
      return Optional.empty();
    }
    return ask(
        registry -> {
          String name = securityName(registry, email, password).orElse(null);
          return name == null ? Optional.empty() : Optional.of(identity(registry, email, name));
        });
  }

  /** Whether an address has no character with a special meaning in an LDAP filter. */
  static boolean isPlain(String email) {
    return Invitations.isAddress(email) && PLAIN.matcher(email).matches();
  }

  private <T> T ask(RegistryCalls.Question<T> question) throws Unreachable {
    try {
      return calls.ask(question);
    } catch (FaultToleranceException e) {
      throw new Unreachable("it did not answer lately, or too many requests wait for it");
    }
  }

  private static Optional<String> securityName(UserRegistry registry, String name, String password)
      throws WSSecurityException, RemoteException {
    // A bind with an empty password is anonymous, and succeeds.
    if (password.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(registry.checkPassword(name, password));
    } catch (PasswordCheckFailedException e) {
      // A directory that is down gives the same answer. The registry has no cached answer to this
      // random name.
      registry.isValidUser(UUID.randomUUID().toString());
      return Optional.empty();
    }
  }

  private VerifiedIdentity identity(UserRegistry registry, String email, String name)
      throws WSSecurityException, RemoteException, Unreachable {
    String id = registry.getUniqueUserId(name);
    if (id.length() > LONGEST_SUBJECT - SUBJECT.length()) {
      throw new Unreachable("the name of a person in it is too long");
    }
    String called = Optional.ofNullable(registry.getUserDisplayName(name)).orElse(email).strip();
    return new VerifiedIdentity(
        "user registry",
        SUBJECT + id,
        email,
        true,
        called.isEmpty() || called.length() > LONGEST_NAME ? email : called,
        role(registry.getUniqueGroupIds(id)));
  }

  private @Nullable String role(List<String> groups) {
    Set<Object> names = groups.stream().map(ServerRegistry::comparable).collect(Collectors.toSet());
    return settings.roles().entrySet().stream()
        .filter(mapped -> names.contains(comparable(mapped.getKey())))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** A group's name in a form that equals other spellings of the same name. */
  static Object comparable(String group) {
    try {
      return new LdapName(group);
    } catch (InvalidNameException e) {
      return group.toLowerCase(Locale.ROOT);
    }
  }
}
