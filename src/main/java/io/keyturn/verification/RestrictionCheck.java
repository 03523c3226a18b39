package io.keyturn.verification;

import io.keyturn.access.Caller;
import io.keyturn.quota.KeyQuota.Taken;
import io.keyturn.quota.OrganisationRate;
import io.keyturn.quota.Quotas;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;

/** Whether a key's networks and quotas allow a use. It is the last check, and it counts the use. */
@ApplicationScoped
class RestrictionCheck {
  @Inject private Quotas quotas;
  @Inject private OrganisationRate organisationRate;

  /**
   * Checks and counts.
   *
   * @param address where the key is used
   */
  Verification check(CallerCredential credential, String address, Use use, Instant now) {
    return switch (use) {
      case REQUEST -> request(credential, address, now);
      case VERIFYING -> verifying(credential, address, now);
      case INTROSPECTION -> introspection(credential, now);
    };
  }

  private Verification request(CallerCredential credential, String address, Instant now) {
    Caller caller = credential.caller();
    if (!caller.restrictions().networks().admits(address)) {
      return new Verification.NetworkNotAllowed(credential, address, left(credential, now));
    }
    // What one key is refused for must take nothing from the other keys of its organisation.
    long organisationWait = organisationRate.secondsToWait(caller.organisationId());
    if (organisationWait > 0) {
      return new Verification.OrganisationRateLimited(
          credential, left(credential, now), organisationRate.perMinute(), organisationWait);
    }
    Taken taken = quotas.take(caller, credential.recordedUse(), now);
    if (!taken.accepted()) {
      return new Verification.KeyRateLimited(credential, taken);
    }
    organisationRate.accepted(caller.organisationId());
    return new Verification.Accepted(credential, taken);
  }

  private Verification verifying(CallerCredential credential, String address, Instant now) {
    Caller caller = credential.caller();
    if (!caller.restrictions().networks().admits(address)) {
      return new Verification.NetworkNotAllowed(credential, address, null);
    }
    quotas.note(caller, credential.recordedUse(), now);
    return new Verification.Accepted(credential, null);
  }

  private Verification introspection(CallerCredential credential, Instant now) {
    quotas.count(credential.caller(), credential.recordedUse(), now);
    return new Verification.Accepted(credential, null);
  }

  private Taken left(CallerCredential credential, Instant now) {
    return quotas.look(credential.caller(), credential.recordedUse(), now);
  }
}
