package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.keyturn.database.RowChanges;
import io.keyturn.keyring.Keyring;
import io.keyturn.limit.BatchedLookup;
import io.keyturn.secret.Secret;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Finds the credential of a secret, the hot path: in the {@link CredentialCache}, else in the
 * database. Unknown digests are not kept, so that guessing cannot displace what is known.
 */
@ApplicationScoped
class KnownCredentials {
  private static final Logger LOG = Logger.getLogger(KnownCredentials.class.getName());

  private static final Duration IN_USE = Duration.ofMinutes(10);

  @Inject private Keyring keyring;
  @Inject private CredentialRows rows;
  @Inject private WrongSecretBudget failures;
  @Inject private RowChanges changes;

  /** Digests that the database has known lately, so that a guesser cannot shut them out. */
  private final Cache<ByteBuffer, Boolean> inUse =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(IN_USE).build();

  private CredentialCache known;
  private BatchedLookup<ByteBuffer, CredentialRecord> crowded;

  @PostConstruct
  void open() {
    known = new CredentialCache(Ticker.systemTicker(), changes::allHeardBefore);
    changes.add(known);
    crowded = new BatchedLookup<>(rows::byDigests);
  }

  /**
   * Finds the credential of a well-formed secret. Once the failures of the sender's address are
   * spent, what is not known to be right is looked up through a {@link BatchedLookup}.
   *
   * @throws BatchedLookup.TooManyWaiting when the failures are spent, and too many look-ups wait
   *     already
   */
  Optional<KnownCredential> find(Secret secret, String sender) throws BatchedLookup.TooManyWaiting {
    ByteBuffer digest = digest(secret);
    return right(digest, known.get(digest, () -> genuine(digest, lookUp(digest, sender))));
  }

  /** Finds the credential of a well-formed secret that somebody asks about who may ask. */
  Optional<KnownCredential> find(Secret secret) {
    ByteBuffer digest = digest(secret);
    return right(digest, known.get(digest, () -> genuine(digest, rows.byDigest(digest.array()))));
  }

  private ByteBuffer digest(Secret secret) {
    return ByteBuffer.wrap(keyring.lookupKey().digest().of(secret.bytes()));
  }

  /** Compares in constant time, which neither the cache nor the database does. */
  private static Optional<KnownCredential> right(
      ByteBuffer digest, Optional<KnownCredential> found) {
    return found.isPresent() && MessageDigest.isEqual(found.get().row().digest(), digest.array())
        ? found
        : Optional.empty();
  }

  private Optional<CredentialRecord> lookUp(ByteBuffer digest, String sender)
      throws BatchedLookup.TooManyWaiting {
    return !failures.spent(sender) || inUse.getIfPresent(digest) != null
        ? rows.byDigest(digest.array())
        : crowded.find(sender, digest);
  }

  private Optional<KnownCredential> genuine(ByteBuffer digest, Optional<CredentialRecord> found) {
    if (found.isEmpty()) {
      return Optional.empty();
    }
    CredentialRecord row = found.get();
    if (!row.genuine(keyring.lookupKey().row())) {
      LOG.log(
          Level.SEVERE,
          "credential {0} of API key {1} was changed in the database by somebody else; refused",
          new Object[] {row.number(), row.keyId()});
      return Optional.empty();
    }
    inUse.put(digest, true);
    return Optional.of(KnownCredential.of(row));
  }
}
