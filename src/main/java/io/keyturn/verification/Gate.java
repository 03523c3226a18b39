package io.keyturn.verification;

import io.keyturn.access.SecretTimes;
import io.keyturn.config.Settings;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Secret;
import io.keyturn.usage.ClientCounts.From;
import io.keyturn.usage.CredentialNumber;
import io.keyturn.usage.UsageRecorder;
import io.keyturn.verification.Admission.Quota;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.function.Consumer;

/** What a secret must pass: known and living, from an allowed network, within its quotas. */
@ApplicationScoped
class Gate {
  private static final String CHALLENGE = "Bearer realm=\"keyturn\"";

  @Inject private Settings settings;
  @Inject private Verifier verifier;
  @Inject private FailureBudget failures;
  @Inject private Admission admission;
  @Inject private UsageRecorder usage;

  /** The refusal of a renewal credential, the same for each reason. */
  static ProblemException unknownClient(boolean verifies) {
    return new ProblemException(
            ProblemType.UNAUTHENTICATED, "The client is unknown, or its secret is wrong.")
        .member("error", "invalid_client")
        // A proxy hands its challenge on to browsers, which must not ask for a password.
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            verifies ? CHALLENGE : CHALLENGE + ", Basic realm=\"keyturn\", charset=\"UTF-8\"");
  }

  /** The refusal of a request without a secret (RFC 6750 §3). */
  static ProblemException missing(String detail) {
    return new ProblemException(ProblemType.UNAUTHENTICATED, detail)
        .header(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
  }

  /**
   * Finds out whose secret it is. What cannot be one is refused by its form and its checksum: that
   * costs nothing and counts for nothing.
   *
   * @param domain the organisation that it must belong to, if any
   * @param from who is noted as its caller
   * @param guesser the address that may send only so many wrong ones
   * @param noted is told the credential, also of a secret that has ended
   * @throws ProblemException 401 that says why it is not accepted; 429 when too many wrong ones
   *     came from the address
   */
  Verification.Accepted identify(
      String text,
      Optional<String> domain,
      From from,
      String guesser,
      Consumer<CredentialNumber> noted) {
    Optional<Secret> secret = secret(text);
    if (secret.isEmpty()) {
      throw refusal(
          ProblemType.UNAUTHENTICATED, SentSecret.malformed(settings.secretPrefix(), text));
    }
    Verification outcome = verifier.verify(secret.get(), domain, guesser);
    if (outcome instanceof Verification.Accepted accepted) {
      noted.accept(accepted.credential());
      return accepted;
    }
    if (outcome instanceof Verification.Ended ended) {
      noted.accept(ended.credential());
      usage.refused(ended.credential(), from);
    } else {
      failures.failed(guesser);
    }
    throw refusal(outcome);
  }

  /** Says what a text is worth as a secret, be it well-formed or not, for a key that may ask. */
  Verification outcome(String text, Optional<String> domain) {
    return secret(text).map(s -> verifier.verify(s, domain)).orElseGet(Verification.Unknown::new);
  }

  private Optional<Secret> secret(String text) {
    return Secret.parse(settings.secretPrefix(), text);
  }

  /**
   * Counts one request of a key against its quotas.
   *
   * @throws ProblemException 403 for a network that is not the key's; 429 when a quota is spent
   */
  Quota admit(Verification.Accepted accepted, From from) {
    try {
      Quota quota = admission.admit(accepted, from.address());
      usage.accepted(accepted.credential(), from);
      return quota;
    } catch (ProblemException e) {
      noteRefusal(e, accepted, from);
      throw e;
    }
  }

  /**
   * Lets a key verify for others, without a quota.
   *
   * @throws ProblemException 403 for a network that is not the key's
   */
  void admitVerifier(Verification.Accepted accepted, From from) {
    try {
      admission.admitVerifier(accepted, from.address());
      usage.accepted(accepted.credential(), from);
    } catch (ProblemException e) {
      noteRefusal(e, accepted, from);
      throw e;
    }
  }

  private void noteRefusal(ProblemException refused, Verification.Accepted accepted, From from) {
    if (refused.type() == ProblemType.NETWORK_NOT_ALLOWED) {
      usage.refused(accepted.credential(), from);
    }
  }

  private static ProblemException refusal(Verification outcome) {
    if (outcome instanceof Verification.Refreshed o) {
      return refusal(
          ProblemType.SECRET_REFRESHED,
          "This secret was refreshed at "
              + SecretTimes.seconds(o.at())
              + ". Use the key's new secret.");
    }
    if (outcome instanceof Verification.Expired o) {
      return refusal(
          ProblemType.SECRET_EXPIRED,
          "This secret expired at "
              + SecretTimes.seconds(o.at())
              + ". The key's new secret is made within a minute; use that.");
    }
    if (outcome instanceof Verification.Revoked o) {
      return refusal(
          ProblemType.KEY_REVOKED,
          "The API key of this secret was revoked at " + SecretTimes.seconds(o.at()) + ".");
    }
    if (outcome instanceof Verification.KeyExpired o) {
      return refusal(
          ProblemType.KEY_EXPIRED,
          "The API key of this secret expired at " + SecretTimes.seconds(o.at()) + ".");
    }
    return refusal(ProblemType.UNAUTHENTICATED, SentSecret.UNKNOWN);
  }

  private static ProblemException refusal(ProblemType type, String detail) {
    return new ProblemException(type, detail)
        .header(
            HttpHeaders.WWW_AUTHENTICATE,
            CHALLENGE + ", error=\"invalid_token\", error_description=\"" + detail + "\"");
  }
}
