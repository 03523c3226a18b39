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
 * The person or API key that creates a key, changes it or asks for its secret. Nobody can grant
 * more than they have. A person has scopes; an API key also has networks, limits, a planned end and
 * an environment.
 *
 * @param key the key that asks; null for a person
 */
public record Grantor(Set<Scope> scopes, @Nullable ApiKeyRow key) {
  /** A person whose role has these scopes. */
  public static Grantor person(Set<Scope> scopes) {
    return new Grantor(scopes, null);
  }

  public static Grantor key(ApiKeyRow key) {
    return new Grantor(key.scopes(), key);
  }

  /** A grantor without limits, for a caller that gets no secret or that was checked elsewhere. */
  public static Grantor anybody() {
    return person(EnumSet.allOf(Scope.class));
  }

  /**
   * Refuses access to the secret of another key that may do more than this grantor, because the
   * secret gives all that the key may do. A key may always get its own secret.
   *
   * @throws ProblemException 403 naming a scope or another member of the other key that is too wide
   */
  void refuseSecretOf(ApiKey other) {
    Grants.secretTo(scopes, other.scopes());
    tooWide(other.environment(), other.granted().restrictions(), other.expiresAt())
        .ifPresent(
            member -> {
              throw new ProblemException(
                      ProblemType.FORBIDDEN,
                      "You cannot get the secret of a key that may do more than you: "
                          + member
                          + " of that key is not within that of the calling API key.")
                  .member("field", member);
            });
  }

  /** The first member, apart from scopes, in which another key is wider than the key that asks. */
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
   * Refuses to create a key that may do more than this grantor.
   *
   * @throws ProblemException 403 naming the member that is too wide
   */
  public void refuseMore(NewApiKey wanted) {
    refuseMore(wanted.scopes());
    refuseMore(wanted.environment(), wanted.restrictions(), wanted.expiresAt());
  }

  /**
   * Refuses scopes that this grantor lacks.
   *
   * @throws ProblemException 403 naming a missing scope
   */
  public void refuseMore(Set<Scope> wanted) {
    Grants.within(scopes, wanted);
  }

  /**
   * Refuses a grant that is wider than that of the key that asks.
   *
   * @param end the planned end; null for none
   * @throws ProblemException 403 naming the member that is too wide
   */
  public void refuseMore(String environment, Restrictions wanted, @Nullable Instant end) {
    tooWide(environment, wanted, end)
        .ifPresent(
            member -> {
              throw new ProblemException(
                      ProblemType.FORBIDDEN,
                      "You can give only what you may do yourself: "
                          + member
                          + " must be within that of the calling API key.")
                  .member("field", member);
            });
  }
}
