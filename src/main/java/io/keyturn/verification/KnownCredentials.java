package io.keyturn.verification;

import io.keyturn.config.Settings;
import io.keyturn.database.CacheValidity;
import io.keyturn.database.RowChanges;
import io.keyturn.keyring.Keyring;
import io.keyturn.limit.BatchedLookup;
import io.keyturn.secret.Secret;
import io.keyturn.secret.SecretDigest;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the credential of a secret, the hot path: in the {@link CredentialCache}, else in the
 * database. Unknown digests are not kept, so that guessing cannot displace what is known.
 */
@ApplicationScoped
class KnownCredentials {
  private static final Logger LOG = Logger.getLogger(KnownCredentials.class.getName());

  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private CredentialRows rows;
  @Inject private WrongSecretBudget failures;
  @Inject private RowChanges changes;

  private CredentialCache<KnownCredential> known;
  private BatchedLookup<SecretDigest, CredentialRecord> crowded;

  @PostConstruct
  void open() {
    known =
        new CredentialCache<>(settings.verificationCacheSize(), CacheValidity.listening(changes));
    crowded = new BatchedLookup<>(rows::byDigests);
  }

  /**
   * The digest of a secret.
   *
   * @return null for a text that cannot be a secret, by its form or its checksum
   */
  @Nullable SecretDigest digest(String text) {
    return Secret.digest(settings.secretPrefix(), text, keyring.lookupKey().digest());
  }

  /**
   * Finds the credential of a secret. Once the failures of the sender's address are spent, what is
   * not known to be right is looked up through a {@link BatchedLookup}.
   *
   * @return null for an unknown secret; an Optional would be memory for each request
   * @throws BatchedLookup.TooManyWaiting when the failures are spent, and too many look-ups wait
   *     already
   */
  @Nullable KnownCredential find(SecretDigest digest, String sender)
      throws BatchedLookup.TooManyWaiting {
    KnownCredential remembered = known.remembered(digest);
    if (remembered != null) {
      return right(digest, remembered);
    }
    if (!failures.spent(sender) || known.knew(digest)) {
      return right(digest, ask(digest));
    }
    CacheValidity.Moment asked = known.moment();
    return right(
        digest, known.remember(digest, asked, genuine(crowded.find(sender, digest))).orElse(null));
  }

  /** Finds the credential of a secret that somebody asks about who may ask. */
  @Nullable KnownCredential find(SecretDigest digest) {
    KnownCredential remembered = known.remembered(digest);
    return right(digest, remembered != null ? remembered : ask(digest));
  }

  private @Nullable KnownCredential ask(SecretDigest digest) {
    return known.ask(digest, () -> genuine(rows.byDigest(digest.bytes()))).orElse(null);
  }

  /** Compares in constant time, which neither the cache nor the database does. */
  private static @Nullable KnownCredential right(
      SecretDigest digest, @Nullable KnownCredential found) {
    return found != null && found.digest().equals(digest) ? found : null;
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
