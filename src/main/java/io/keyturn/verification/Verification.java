package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.problem.ProblemException;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.usage.CredentialNumber;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What became of a secret that somebody presented: every outcome there is, as a value. A new
 * refusal compiles only when {@link Refusals} has a case for it, and so {@link
 * VerificationProblems} maps it.
 */
sealed interface Verification {

  /** The credential that was presented, also one that is refused; null where it is not known. */
  default @Nullable CredentialNumber presented() {
    return null;
  }

  /** The acceptance, or the problem that a refusal is. */
  Accepted orElseThrow(Function<Refused, ProblemException> problem);

  /**
   * The key may do what it wants.
   *
   * @param quotas what is left of the key's quotas; null where the use takes nothing from them
   */
  record Accepted(CallerCredential credential, @Nullable Taken quotas) implements Verification {
    Caller caller() {
      return credential.caller();
    }

    /** What an answer tells of the secret's end and of the quotas. */
    Map<String, String> headers() {
      return quotas == null ? Map.of() : credential.headers(quotas);
    }

    /** What an answer tells of the quotas alone. */
    Map<String, String> quotaHeaders() {
      return quotas == null ? Map.of() : RateLimitHeaders.of(quotas);
    }

    @Override
    public CredentialNumber presented() {
      return credential.number();
    }

    @Override
    public Accepted orElseThrow(Function<Refused, ProblemException> problem) {
      return this;
    }
  }

  /** The key may not. */
  sealed interface Refused extends Verification {
    /** Calls the case of this refusal. */
    <R> R map(Refusals<R> cases);

    @Override
    default Accepted orElseThrow(Function<Refused, ProblemException> problem) {
      throw problem.apply(this);
    }
  }

  /**
   * The request has no secret.
   *
   * @param detail how to send it
   */
  record Missing(String detail) implements Refused, SecretReading {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.missing(this);
    }

    @Override
    public Verification verifiedBy(Function<String, Verification> verification) {
      return this;
    }
  }

  /**
   * The request has more than one secret.
   *
   * @param detail how to send it
   */
  record Ambiguous(String detail) implements Refused, SecretReading {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.ambiguous(this);
    }

    @Override
    public Verification verifiedBy(Function<String, Verification> verification) {
      return this;
    }
  }

  /** The text cannot be a secret, by its form or its checksum. */
  record Malformed(MalformedSecret why) implements Refused {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.malformed(this);
    }
  }

  /** Nothing is known of the secret, or it belongs to another organisation than the Host's. */
  record Unknown() implements Refused {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.unknown(this);
    }
  }

  /** The renewal credential is unknown, its secret is wrong, or its key has ended. */
  record UnknownClient(Use use) implements Refused {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.unknownClient(this);
    }
  }

  /**
   * Too many wrong renewal credentials came from the address of the sender, which must wait so
   * long.
   */
  record TooManyClientFailures(long waitSeconds) implements Refused {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.tooManyClientFailures(this);
    }
  }

  /** The secret was accepted once. */
  sealed interface Ended extends Refused {
    @Override
    CredentialNumber presented();
  }

  /** The secret was refreshed, and its grace period is over. */
  record Refreshed(CredentialNumber presented, Instant at) implements Ended {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.refreshed(this);
    }
  }

  /** The secret reached its end before its successor was created. */
  record Expired(CredentialNumber presented, Instant at) implements Ended {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.expired(this);
    }
  }

  /** The key was revoked. */
  record Revoked(CredentialNumber presented, Instant at) implements Ended {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.revoked(this);
    }
  }

  /** The key has reached its planned end. */
  record KeyExpired(CredentialNumber presented, Instant at) implements Ended {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.keyExpired(this);
    }
  }

  /** The client is in none of the networks that its credential is bound to. */
  sealed interface WrongNetwork extends Refused {
    @Override
    CredentialNumber presented();
  }

  /**
   * The client is in none of the key's networks.
   *
   * @param left what is left of the key's quotas; null where the use takes nothing from them
   */
  record NetworkNotAllowed(CallerCredential credential, String address, @Nullable Taken left)
      implements WrongNetwork {
    @Override
    public CredentialNumber presented() {
      return credential.number();
    }

    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.networkNotAllowed(this);
    }
  }

  /** The client is in none of the networks of the renewal credential. */
  record ClientNetworkNotAllowed(CredentialNumber presented, String address)
      implements WrongNetwork {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.clientNetworkNotAllowed(this);
    }
  }

  /** A quota of the key is spent. */
  record KeyRateLimited(CallerCredential credential, Taken spent) implements Refused {
    @Override
    public CredentialNumber presented() {
      return credential.number();
    }

    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.keyRateLimited(this);
    }
  }

  /**
   * All keys of the organisation together make too many requests. Nothing is taken from the key.
   *
   * @param left what is left of the key's own quotas
   * @param perMinute how many requests a minute the keys may make together
   */
  record OrganisationRateLimited(
      CallerCredential credential, Taken left, int perMinute, long waitSeconds) implements Refused {
    @Override
    public CredentialNumber presented() {
      return credential.number();
    }

    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.organisationRateLimited(this);
    }
  }

  /** Too many wrong secrets came from the address of the sender, which must wait so long. */
  record TooManyFailures(long waitSeconds) implements Refused {
    @Override
    public <R> R map(Refusals<R> cases) {
      return cases.tooManyFailures(this);
    }
  }
}
