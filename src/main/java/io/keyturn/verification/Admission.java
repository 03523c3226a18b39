package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.access.Restrictions;
import io.keyturn.access.SecretTimes;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.quota.OrganisationRate;
import io.keyturn.quota.Quotas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.util.Map;

/** Lets a verified key in: from its networks, and within its quotas. */
@ApplicationScoped
class Admission {
  @Inject private Clock clock;
  @Inject private Quotas quotas;
  @Inject private OrganisationRate organisationRate;

  /**
   * What is left of a key's quotas, as the headers of that name say it
   * (draft-ietf-httpapi-ratelimit-headers).
   *
   * @param policy the value of {@code RateLimit-Policy}
   * @param state the value of {@code RateLimit}
   */
  record Quota(String policy, String state) {
    static final String POLICY = "RateLimit-Policy";
    static final String STATE = "RateLimit";

    static Quota of(Taken taken) {
      Restrictions limits = taken.restrictions();
      String policy = "\"minute\";q=" + limits.perMinute() + ";w=60";
      String state = "\"minute\";r=" + taken.left() + ";t=" + taken.resetSeconds();
      if (taken.leftOnDay() != null) {
        policy += ", \"day\";q=" + limits.requestsPerDay() + ";w=86400";
        state += ", \"day\";r=" + taken.leftOnDay() + ";t=" + taken.daySeconds();
      }
      return new Quota(policy, state);
    }

    /** With the organisation's, which is spent, and whole again in a minute. */
    Quota spentByTheOrganisation(int perMinute) {
      return new Quota(
          policy + ", \"organisation\";q=" + perMinute + ";w=60",
          state + ", \"organisation\";r=0;t=60");
    }

    /** Says it by a refusal, too. */
    ProblemException tellBy(ProblemException refused, Verification.Accepted accepted) {
      headers(accepted).forEach(refused::header);
      return refused;
    }

    /** What an answer to an accepted secret says of its quotas and its end. */
    Map<String, String> headers(Verification.Accepted accepted) {
      Map<String, String> headers =
          SecretTimes.headers(accepted.caller().secretExpiresAt(), accepted.retiredAt());
      headers.putAll(ofQuotas());
      return headers;
    }

    /** What an answer says of the quotas alone. */
    Map<String, String> ofQuotas() {
      return Map.of(POLICY, policy, STATE, state);
    }
  }

  /**
   * Notes that a key verifies for others, which counts against no quota of its own.
   *
   * @param address where the key is used
   * @throws ProblemException 403 for a network that is not the key's
   */
  void admitVerifier(Verification.Accepted accepted, String address) {
    fromItsNetwork(accepted.caller(), address);
    quotas.note(accepted.caller(), accepted.spent(), clock.instant());
  }

  private static void fromItsNetwork(Caller caller, String address) {
    if (!caller.restrictions().networks().admits(address)) {
      throw new ProblemException(
          ProblemType.NETWORK_NOT_ALLOWED,
          "This API key is not allowed from " + address + ", which is in none of its networks.");
    }
  }

  /**
   * Counts one request of a key.
   *
   * @param address where the key is used
   * @throws ProblemException 403 for a network that is not the key's; 429 when a quota is spent;
   *     with all headers that an answer to the secret has
   */
  Quota admit(Verification.Accepted accepted, String address) {
    Caller caller = accepted.caller();
    try {
      fromItsNetwork(caller, address);
    } catch (ProblemException e) {
      throw left(accepted).tellBy(e, accepted);
    }
    // What one key is refused for must take nothing from the other keys of its organisation.
    long organisationWait = organisationRate.secondsToWait(caller.organisationId());
    if (organisationWait > 0) {
      throw limited(
          "The keys of this organisation together make too many requests.",
          organisationWait,
          left(accepted).spentByTheOrganisation(organisationRate.perMinute()),
          accepted);
    }
    Taken taken = quotas.take(caller, accepted.spent(), clock.instant());
    if (!taken.accepted()) {
      throw limited(spent(taken), taken.waitSeconds(), Quota.of(taken), accepted);
    }
    organisationRate.accepted(caller.organisationId());
    return Quota.of(taken);
  }

  private Quota left(Verification.Accepted accepted) {
    return Quota.of(quotas.look(accepted.caller(), accepted.spent(), clock.instant()));
  }

  private static ProblemException limited(
      String detail, long waitSeconds, Quota quota, Verification.Accepted accepted) {
    ProblemException limited =
        new ProblemException(ProblemType.RATE_LIMITED, detail)
            .header(HttpHeaders.RETRY_AFTER, Long.toString(waitSeconds));
    return quota.tellBy(limited, accepted);
  }

  /** Counts one request of a key that is made elsewhere, whatever is left of its quotas. */
  void count(Verification.Accepted accepted) {
    quotas.count(accepted.caller(), accepted.spent(), clock.instant());
  }

  private static String spent(Taken taken) {
    Long leftOnDay = taken.leftOnDay();
    return leftOnDay != null && leftOnDay == 0
        ? "This API key may make "
            + taken.restrictions().requestsPerDay()
            + " requests a day; the day ends at 00:00 UTC."
        : "This API key may make " + taken.restrictions().perMinute() + " requests a minute.";
  }
}
