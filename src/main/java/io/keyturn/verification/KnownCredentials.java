package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Ticker;
import io.keyturn.config.Settings;
import io.keyturn.database.RecentChanges;
import io.keyturn.database.RowChanges;
import io.keyturn.keyring.Keyring;
import io.keyturn.limit.BatchedLookup;
import io.keyturn.secret.Secret;
import io.keyturn.secret.SecretDigest;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

  /** So a flood of wrong secrets costs 50 small queries a second at most. */
  private static final Duration BETWEEN_BATCHES = Duration.ofMillis(20);

  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private CredentialRows rows;
  @Inject private WrongSecretBudget failures;
  @Inject private RowChanges changes;

  private CredentialCache<KnownCredential> known;
  private BatchedLookup<SecretDigest, CredentialRecord> crowded;

  @PostConstruct
  void open() {
    Ticker ticker = Ticker.systemTicker();
    RecentChanges recent = new RecentChanges(CredentialCache.LONGEST, ticker);
    changes.add(recent);
    known =
        new CredentialCache<>(
            settings.verificationCacheSize(), ticker, recent, changes::allHeardBefore);
    crowded = new BatchedLookup<>(rows::byDigests, BETWEEN_BATCHES);
  }

  /**
   * Finds the credential of a well-formed secret. Once the failures of the sender's address are
   * spent, what is not known to be right is looked up through a {@link BatchedLookup}.
   *
   * @throws BatchedLookup.TooManyWaiting when the failures are spent, and too many look-ups wait
   *     already
   */
  Optional<KnownCredential> find(Secret secret, String sender) throws BatchedLookup.TooManyWaiting {
    SecretDigest digest = secret.digest(keyring.lookupKey().digest());
    KnownCredential remembered = known.remembered(digest);
    if (remembered != null) {
      return right(digest, Optional.of(remembered));
    }
    if (!failures.spent(sender) || known.knew(digest)) {
      return right(digest, ask(digest));
    }
    CredentialCache.Moment asked = known.moment();
    return right(digest, known.remember(digest, asked, genuine(crowded.find(sender, digest))));
  }

  /** Finds the credential of a well-formed secret that somebody asks about who may ask. */
  Optional<KnownCredential> find(Secret secret) {
    SecretDigest digest = secret.digest(keyring.lookupKey().digest());
    KnownCredential remembered = known.remembered(digest);
    return right(digest, remembered != null ? Optional.of(remembered) : ask(digest));
  }

  private Optional<KnownCredential> ask(SecretDigest digest) {
    return known.ask(digest, () -> genuine(rows.byDigest(digest.bytes())));
  }

  /** Compares in constant time, which neither the cache nor the database does. */
  private static Optional<KnownCredential> right(
      SecretDigest digest, Optional<KnownCredential> found) {
    return found.isPresent() && found.get().digest().equals(digest) ? found : Optional.empty();
  }

  private Optional<KnownCredential> genuine(Optional<CredentialRecord> found) {
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
    return Optional.of(row.known());
  }
}
