package io.keyturn.apikey;

import io.keyturn.access.Grants;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whoever asks for a key or for another state of one: nobody gives what they do not have. A person
 * has scopes; a key has, beside those, networks, limits, an end and an environment of its own.
 *
 * @param key the key that asks; null for a person
 */
public record Asker(Set<Scope> scopes, @Nullable ApiKeyRow key) {
  /** A person with a role of these scopes. */
  public static Asker person(Set<Scope> scopes) {
    return new Asker(scopes, null);
  }

  static Asker key(ApiKeyRow key) {
    return new Asker(key.scopes(), key);
  }

  /**
   * Refuses to make a key that may do more than who asks.
   *
   * @throws ProblemException 403 naming what is too much
   */
  void refuseMore(NewApiKey wanted) {
    refuseMore(wanted.scopes());
    if (key != null && key.environment().equals("test") && wanted.environment().equals("live")) {
      throw tooMuch("environment", "a test key makes test keys only");
    }
    refuseMore(wanted.restrictions(), wanted.expiresAt());
  }

  /**
   * Refuses scopes that who asks has not.
   *
   * @throws ProblemException 403 naming one
   */
  void refuseMore(Set<Scope> wanted) {
    Grants.within(scopes, wanted);
  }

  /**
   * Refuses restrictions that are wider than those of the key that asks.
   *
   * @param end the planned end; null for none
   * @throws ProblemException 403 naming one
   */
  void refuseMore(Restrictions wanted, @Nullable Instant end) {
    if (key == null) {
      return;
    }
    wanted
        .widerThan(key.restrictions())
        .ifPresent(
            member -> {
              throw tooMuch(member, "must be within that of the API key that asks");
            });
    Instant own = key.expiresAt();
    if (own != null && (end == null || end.isAfter(own))) {
      throw tooMuch("expires_at", "must not be after the end of the API key that asks, " + own);
    }
  }

  private static ProblemException tooMuch(String member, String why) {
    return new ProblemException(
            ProblemType.FORBIDDEN,
            "Nobody can give what they do not have: " + member + " " + why + ".")
        .member("field", member);
  }
}
