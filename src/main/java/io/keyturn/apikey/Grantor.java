package io.keyturn.apikey;

import io.keyturn.access.Grants;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever asks for a key or for another state of one: nobody gives what they do not have. A person
 * has scopes; a key has, beside those, networks, limits, an end and an environment of its own.
 *
 * @param key the key that asks; null for a person
 */
public record Grantor(Set<Scope> scopes, @Nullable ApiKeyRow key) {
  /** A person with a role of these scopes. */
  public static Grantor person(Set<Scope> scopes) {
    return new Grantor(scopes, null);
  }

  public static Grantor key(ApiKeyRow key) {
    return new Grantor(key.scopes(), key);
  }

  /** Anybody at all: for who is handed no secret, or only after a look of its own. */
  public static Grantor anybody() {
    return person(EnumSet.allOf(Scope.class));
  }

  /**
   * Refuses the secret of a key, or what opens it, to who is narrower than that key: a secret gives
   * all that its key has. No key is narrower than itself.
   *
   * @throws ProblemException 403 naming a scope or another member of the key that is too wide
   */
  void refuseSecretOf(ApiKey other) {
    Grants.secretTo(scopes, other.scopes());
    tooWide(other.environment(), other.granted().restrictions(), other.expiresAt())
        .ifPresent(
            member -> {
              throw new ProblemException(
                      ProblemType.FORBIDDEN,
                      "Nobody gets the secret of a key that may do more than they: "
                          + member
                          + " of that key is not within that of the API key that asks.")
                  .member("field", member);
            });
  }

  /** The first member, beside scopes, in which a key is wider than the key that asks. */
  private Optional<String> tooWide(
      String environment, Restrictions restrictions, @Nullable Instant end) {
    if (key == null) {
      return Optional.empty();
    }
    if (key.environment().equals("test") && environment.equals("live")) {
      return Optional.of("environment");
    }
    Instant own = key.expiresAt();
    boolean longer = own != null && (end == null || end.isAfter(own));
    return restrictions
        .widerThan(key.restrictions())
        .or(() -> longer ? Optional.of("expires_at") : Optional.empty());
  }

  /**
   * Refuses to create a key that may do more than who asks.
   *
   * @throws ProblemException 403 naming what is too much
   */
  public void refuseMore(NewApiKey wanted) {
    refuseMore(wanted.scopes());
    refuseMore(wanted.environment(), wanted.restrictions(), wanted.expiresAt());
  }

  /**
   * Refuses scopes that who asks has not.
   *
   * @throws ProblemException 403 naming one
   */
  public void refuseMore(Set<Scope> wanted) {
    Grants.within(scopes, wanted);
  }

  /**
   * Refuses what is wider than the key that asks.
   *
   * @param end the planned end; null for none
   * @throws ProblemException 403 naming a member
   */
  public void refuseMore(String environment, Restrictions wanted, @Nullable Instant end) {
    tooWide(environment, wanted, end)
        .ifPresent(
            member -> {
              throw new ProblemException(
                      ProblemType.FORBIDDEN,
                      "Nobody can give what they do not have: "
                          + member
                          + " must be within that of the API key that asks.")
                  .member("field", member);
            });
  }
}
