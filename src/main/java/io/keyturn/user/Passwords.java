package io.keyturn.user;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Password hashes: PBKDF2 with HMAC-SHA-256 and 600 000 iterations (OWASP, 2023). Few are computed
 * at a time, so that guessing cannot take all processors from the API.
 */
@ApplicationScoped
class Passwords {
  private static final int AT_A_TIME = 2;
  private static final int WAIT_SECONDS = 10;

  @Inject private Pbkdf2PasswordHash hash;
  private final Semaphore turns = new Semaphore(AT_A_TIME, true);
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

  String hash(String password) {
    return inTurn(() -> hash.generate(password.toCharArray()));
  }

  /** Whether the password fits; as slow for an account that does not exist. */
  boolean verify(String password, @Nullable String stored) {
    boolean fits =
        inTurn(() -> hash.verify(password.toCharArray(), stored == null ? decoy : stored));
    return fits && stored != null;
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new ProblemException(
            ProblemType.UNAVAILABLE, "Too many people sign in at once. Please try again.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }
}
