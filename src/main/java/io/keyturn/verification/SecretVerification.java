package io.keyturn.verification;

import io.keyturn.config.Settings;
import io.keyturn.limit.BatchedLookup;
import io.keyturn.secret.SecretDigest;
import io.keyturn.usage.Client;
import io.keyturn.usage.UsageRecorder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a secret: well-formed, known, within its deadlines, from an allowed network, within its
 * quotas. One call, one value; who used the credential is noted on the way.
 */
@ApplicationScoped
class SecretVerification {
  @Inject private Settings settings;
  @Inject private Clock clock;
  @Inject private KnownCredentials credentials;
  @Inject private WrongSecretBudget failures;
  @Inject private RestrictionCheck restrictions;
  @Inject private UsageRecorder usage;

  /**
   * Says what became of a secret. What cannot be a secret is refused by its form and its checksum:
   * that costs no look-up and counts for nothing.
   */
  Verification verify(PresentedSecret presented) {
    SecretDigest digest = credentials.digest(presented.text());
    if (digest == null) {
      return new Verification.Malformed(
          MalformedSecret.of(settings.secretPrefix(), presented.text()));
    }
    KnownCredential found;
    try {
      found = find(digest, presented);
    } catch (BatchedLookup.TooManyWaiting e) {
      return failures.tooMany(presented.sender());
    }
    if (found == null || !found.belongsTo(presented.organisation())) {
      return unknown(presented);
    }
    Verification outcome = outcome(found, presented);
    if (outcome instanceof Verification.Unknown) {
      return unknown(presented);
    }
    note(outcome, presented.client());
    return outcome;
  }

  private @Nullable KnownCredential find(SecretDigest digest, PresentedSecret presented)
      throws BatchedLookup.TooManyWaiting {
    return presented.use() == Use.INTROSPECTION
        ? credentials.find(digest)
        : credentials.find(digest, presented.sender());
  }

  private Verification unknown(PresentedSecret presented) {
    return presented.use() == Use.INTROSPECTION
        ? new Verification.Unknown()
        : failures.wrong(presented.sender());
  }

  private Verification outcome(KnownCredential known, PresentedSecret presented) {
    Instant now = clock.instant();
    Optional<Verification.Refused> refusal = known.refusal(now);
    return refusal.isPresent()
        ? refusal.get()
        : restrictions.check(
            known.credential(), presented.client().address(), presented.use(), now);
  }

  /** A client that only makes too many requests is neither: its secret is right. */
  private void note(Verification outcome, Client client) {
    if (outcome instanceof Verification.Accepted accepted) {
      usage.accepted(accepted.presented(), client);
      if (accepted.credential().retiredAt() != null
          && accepted.credential().late(clock.instant())) {
        usage.acceptedLate(accepted.presented());
      }
    } else if (outcome instanceof Verification.Ended ended) {
      usage.refused(ended.presented(), client);
    } else if (outcome instanceof Verification.WrongNetwork wrong) {
      usage.refused(wrong.presented(), client);
    }
  }
}
