package io.keyturn.user.signin;

import io.keyturn.problem.ProblemException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes: PBKDF2 with HMAC-SHA-256 and 600 000 iterations (OWASP, 2023). {@link
 * HashingTurns} limits the computation, so that guessing cannot take all processors from the API.
 */
@ApplicationScoped
public class Passwords {
  @Inject private Pbkdf2PasswordHash hash;
  private final HashingTurns turns = new HashingTurns(Runtime.getRuntime().availableProcessors());
  private String decoy = "";

  @PostConstruct
  void initialise() {
    hash.initialize(
        Map.of(
            "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA256",
            "Pbkdf2PasswordHash.Iterations", "600000",
            "Pbkdf2PasswordHash.SaltSizeBytes", "32"));
    decoy = hash.generate("decoy".toCharArray());
  }

  /** The hash of a new password of a signed-in or invited person. */
  public String hash(String password) {
    return turns.in(true, () -> hash.generate(password.toCharArray()));
  }

  /**
   * Whether the password is right. The check takes as long for an account that does not exist.
   *
   * @param knownPlace whether the password comes from a known place
   * @throws ProblemException 503 at once, when too many requests wait for their turn
   */
  boolean verify(String password, @Nullable String stored, boolean knownPlace) {
    boolean fits =
        turns.in(
            knownPlace, () -> hash.verify(password.toCharArray(), stored == null ? decoy : stored));
    return fits && stored != null;
  }
}
