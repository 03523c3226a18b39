package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.keyturn.access.Caller;
import io.keyturn.keyring.Keyring;
import io.keyturn.limit.Turnstile;
import io.keyturn.problem.ProblemException;
import io.keyturn.secret.Secret;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The hot path. What the database said of a digest is believed for less than a second from when it
 * was asked, which bounds how long any node can miss a refresh or a revocation, with nothing to be
 * told and no message to be lost; deadlines are compared with the clock on every hit. Unknown
 * digests are not kept, so that guessing cannot displace what is known.
 */
@ApplicationScoped
public class Verifier {
  private static final Logger LOG = Logger.getLogger(Verifier.class.getName());

  /** How long what the database said is believed. */
  static final Duration BELIEVED = Duration.ofMillis(700);

  private static final Duration IN_USE = Duration.ofMinutes(10);

  @Inject private Keyring keyring;
  @Inject private Clock clock;
  @Inject private CredentialLookup credentials;
  @Inject private FailureBudget failures;

  private final TimedCache<ByteBuffer, Known> known =
      new TimedCache<>(BELIEVED, Ticker.systemTicker());

  /** A genuine row, with what is read out of it once. */
  private record Known(CredentialRecord credential, Caller caller) {}

  /** Digests that the database has known lately, so that a guesser cannot shut them out. */
  private final Cache<ByteBuffer, Boolean> inUse =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(IN_USE).build();

  private Turnstile<ByteBuffer, CredentialRecord> crowded;

  @PostConstruct
  void open() {
    crowded = new Turnstile<>(credentials::byDigests);
  }

  /**
   * Says what a well-formed secret is worth now. Once the failures of the sender's address are
   * spent, what is not known to be right is looked up through a {@link Turnstile}.
   *
   * @param domain the organisation that the Host names, or nothing
   * @param guesser the sender's address
   * @throws ProblemException 429 when the secret is wrong, or it is too crowded to look
   */
  Verification verify(Secret secret, Optional<String> domain, String guesser) {
    return verify(secret, domain, digest -> lookUp(digest, guesser));
  }

  /** Says what a well-formed secret is worth now, to somebody whom we know. */
  Verification verify(Secret secret, Optional<String> domain) {
    return verify(secret, domain, digest -> credentials.byDigest(digest.array()));
  }

  private Verification verify(
      Secret secret,
      Optional<String> domain,
      Function<ByteBuffer, Optional<CredentialRecord>> lookUp) {
    byte[] digest = keyring.lookupKey().digest().of(secret.bytes());
    ByteBuffer key = ByteBuffer.wrap(digest);
    Known entry = known.get(key, () -> found(key, lookUp.apply(key))).orElse(null);
    if (entry == null) {
      return new Verification.Unknown();
    }
    CredentialRecord credential = entry.credential();
    if (!MessageDigest.isEqual(credential.digest(), digest)
        || !domain.map(credential.organisationDomain()::equals).orElse(true)) {
      return new Verification.Unknown();
    }
    return credential.at(clock.instant(), entry.caller());
  }

  private Optional<Known> found(ByteBuffer key, Optional<CredentialRecord> looked) {
    Optional<Known> found =
        looked.filter(this::genuine).map(credential -> new Known(credential, credential.caller()));
    found.ifPresent(genuine -> inUse.put(key, true));
    return found;
  }

  private Optional<CredentialRecord> lookUp(ByteBuffer digest, String guesser) {
    if (!failures.spent(guesser) || inUse.getIfPresent(digest) != null) {
      return credentials.byDigest(digest.array());
    }
    try {
      return crowded.find(guesser, digest);
    } catch (Turnstile.Crowded e) {
      throw failures.refusal(guesser);
    }
  }

  private boolean genuine(CredentialRecord credential) {
    boolean genuine = credential.genuine(keyring.lookupKey().row());
    if (!genuine) {
      LOG.log(
          Level.SEVERE,
          "credential {0} of API key {1} was changed in the database by somebody else; refused",
          new Object[] {credential.number(), credential.keyId()});
    }
    return genuine;
  }
}
