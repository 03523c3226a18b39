package io.keyturn.verification;

import io.keyturn.config.Settings;
import io.keyturn.database.CacheValidity;
import io.keyturn.database.RowChanges;
import io.keyturn.keyring.Keyring;
import io.keyturn.renewal.RenewalClients;
import io.keyturn.renewal.RenewalUsage;
import io.keyturn.renewal.Renewals.Candidate;
import io.keyturn.secret.SecretDigest;
import io.keyturn.usage.UsageRecorder;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Verifies a renewal credential that stands for its key's secret: known, of an active key, from its
 * own networks and the key's, within the key's quotas. It is remembered in a {@link
 * CredentialCache}.
 */
@ApplicationScoped
class RenewalCredentialVerification {
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private Clock clock;
  @Inject private RenewalClients clients;
  @Inject private RenewalUsage renewalUsage;
  @Inject private CredentialRows rows;
  @Inject private RestrictionCheck restrictions;
  @Inject private UsageRecorder usage;
  @Inject private RowChanges changes;

  private CredentialCache<Known> known;

  @PostConstruct
  void open() {
    known =
        new CredentialCache<>(settings.verificationCacheSize(), CacheValidity.listening(changes));
  }

  /** What a look-up found. */
  private sealed interface LookUp {
    Verification verifiedBy(Function<Known, Verification> verification);
  }

  /**
   * A renewal credential, and what is known of its key. Each change of a renewal credential is
   * announced as a change of its key.
   */
  private record Known(Candidate client, KnownCredential key)
      implements LookUp, CredentialCache.OfKey {
    @Override
    public UUID announcedKey() {
      return key.announcedKey();
    }

    @Override
    public UUID announcedOrganisation() {
      return key.announcedOrganisation();
    }

    @Override
    public Verification verifiedBy(Function<Known, Verification> verification) {
      return verification.apply(this);
    }
  }

  /** No renewal credential, and why; such an outcome is not kept. */
  private record Refused(Verification outcome) implements LookUp {
    @Override
    public Verification verifiedBy(Function<Known, Verification> verification) {
      return outcome;
    }
  }

  /** Says what became of a renewal credential. */
  Verification verify(PresentedRenewalCredential presented) {
    SecretDigest digest = presented.credentials().digest(keyring.lookupKey().digest());
    Known remembered = known.remembered(digest);
    LookUp found = remembered != null ? remembered : ask(digest, presented);
    return found.verifiedBy(client -> outcome(client, presented, clock.instant()));
  }

  private LookUp ask(SecretDigest digest, PresentedRenewalCredential presented) {
    CacheValidity.Moment asked = known.moment();
    LookUp found = lookUp(presented);
    known.remember(
        digest, asked, found instanceof Known right ? Optional.of(right) : Optional.empty());
    return found;
  }

  private LookUp lookUp(PresentedRenewalCredential presented) {
    return clients
        .identify(presented.credentials(), presented.organisation(), presented.sender())
        .map(
            client -> lookUp(client, presented.use()),
            () -> unknown(presented.use()),
            wait -> new Refused(new Verification.TooManyClientFailures(wait)));
  }

  private LookUp lookUp(Candidate client, Use use) {
    return rows.current(client.organisationId(), client.keyId())
        .filter(row -> row.genuine(keyring.lookupKey().row()))
        .<LookUp>map(row -> new Known(client, row.known()))
        .orElseGet(() -> unknown(use));
  }

  private static LookUp unknown(Use use) {
    return new Refused(new Verification.UnknownClient(use));
  }

  /** That the key's secret has ended does not matter: the next secret is on its way. */
  private static boolean active(KnownCredential key, Instant now) {
    Optional<Verification.Refused> refusal = key.refusal(now);
    return refusal.isEmpty()
        || refusal.get() instanceof Verification.Expired
        || refusal.get() instanceof Verification.Refreshed;
  }

  private Verification outcome(Known known, PresentedRenewalCredential presented, Instant now) {
    if (!known.key().belongsTo(presented.organisation()) || !active(known.key(), now)) {
      return new Verification.UnknownClient(presented.use());
    }
    CallerCredential key = known.key().credential();
    String address = presented.client().address();
    Verification outcome =
        known.client().admits(address)
            ? restrictions.check(key, address, presented.use(), now)
            : new Verification.ClientNetworkNotAllowed(key.number(), address);
    if (outcome instanceof Verification.Accepted) {
      renewalUsage.used(known.client().id(), now);
    } else if (outcome instanceof Verification.WrongNetwork wrong) {
      usage.refused(wrong.presented(), presented.client());
    }
    return outcome;
  }
}
