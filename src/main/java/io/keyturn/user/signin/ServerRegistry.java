package io.keyturn.user.signin;

import com.ibm.websphere.security.PasswordCheckFailedException;
import com.ibm.websphere.security.UserRegistry;
import com.ibm.websphere.security.WSSecurityException;
import io.keyturn.user.User;
import io.keyturn.user.invitation.Invitations;
import io.keyturn.user.signin.FederatedPeople.Vouched;
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
 * The server's user registry, such as an LDAP directory. It keeps the passwords of the people who
 * come by it, and of nobody who has one here.
 */
@ApplicationScoped
class ServerRegistry {
  /** What subjects of other providers do not begin with: those begin with a URL. */
  private static final String SUBJECT = "registry ";

  private static final Pattern PLAIN = Pattern.compile("[^*()\\\\\"/<>&|=,;:\\s\\p{Cntrl}]+");

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_SUBJECT = 600;

  private final RegistrySettings settings = RegistrySettings.load();
  @Inject private RegistryCalls calls;

  /** There is no registry, or it does not answer. */
  static class Unreachable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(message);
    }
  }

  /**
   * Whether it is asked at all.
   *
   * @param domain the organisation that the Host names, if it names one
   */
  boolean on(@Nullable String domain) {
    return settings.organisation().filter(o -> domain == null || domain.equals(o)).isPresent();
  }

  /** The domain of the organisation that its people belong to. */
  String organisation() {
    return settings.organisation().orElseThrow();
  }

  /** Whether this person came by it before. */
  boolean knows(User user) {
    String subject = user.ssoSubject();
    return settings.organisation().isPresent() && subject != null && subject.startsWith(SUBJECT);
  }

  /** Whether it, and not we, keeps the password of this person, if anybody does. */
  boolean keeps(User user) {
    return knows(user) || user.passwordHash() == null;
  }

  /** Whether this is the password of a person who came by it before. */
  boolean fits(User user, String password) throws Unreachable {
    String subject = user.ssoSubject();
    return subject != null
        && ask(r -> securityName(r, subject.substring(SUBJECT.length()), password)).isPresent();
  }

  /**
   * What it says of somebody; nothing where address or password is wrong.
   *
   * @param email in lower case
   */
  Optional<Vouched> vouch(String email, String password) throws Unreachable {
    if (!isPlain(email)) {
      return Optional.empty();
    }
    return ask(
        registry -> {
          String name = securityName(registry, email, password).orElse(null);
          return name == null ? Optional.empty() : Optional.of(vouched(registry, email, name));
        });
  }

  /** Whether it is an address that means nothing but itself in a filter. */
  static boolean isPlain(String email) {
    return Invitations.isAddress(email) && PLAIN.matcher(email).matches();
  }

  private <T> T ask(RegistryCalls.Question<T> question) throws Unreachable {
    try {
      return calls.ask(question);
    } catch (FaultToleranceException e) {
      throw new Unreachable("it did not answer lately, or too many wait for it");
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
      // A directory that is down says the same. The answer to this question is in no cache.
      registry.isValidUser(UUID.randomUUID().toString());
      return Optional.empty();
    }
  }

  private Vouched vouched(UserRegistry registry, String email, String name)
      throws WSSecurityException, RemoteException, Unreachable {
    String id = registry.getUniqueUserId(name);
    if (id.length() > LONGEST_SUBJECT - SUBJECT.length()) {
      throw new Unreachable("the name of a person in it is too long");
    }
    String called = Optional.ofNullable(registry.getUserDisplayName(name)).orElse(email).strip();
    return new Vouched(
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

  /** A group's name so that it equals others that are written differently. */
  static Object comparable(String group) {
    try {
      return new LdapName(group);
    } catch (InvalidNameException e) {
      return group.toLowerCase(Locale.ROOT);
    }
  }
}
