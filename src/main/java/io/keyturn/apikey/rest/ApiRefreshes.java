package io.keyturn.apikey.rest;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.BearerChallenge;
import io.keyturn.access.Caller;
import io.keyturn.apikey.ApiKey;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Credential;
import io.keyturn.apikey.CredentialCause;
import io.keyturn.apikey.Credentials;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.KeyLocks;
import io.keyturn.apikey.Refreshes;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes that a key asks for over the API: of itself, or of keys that it manages. Verification
 * caches what it read for up to a second, and a request may wait for a lock. The caller's secret is
 * therefore checked again once the key is locked. Otherwise a secret that was just stopped could
 * fetch its successor.
 */
@ApplicationScoped
@Transactional
class ApiRefreshes {
  @Inject private Clock clock;
  @Inject private KeyLocks locks;
  @Inject private Credentials credentials;
  @Inject private Refreshes refreshes;
  @Inject private ApiKeys keys;

  /**
   * The answer to a caller, read in the transaction of the refresh. A little later, the key's
   * number could belong to another secret.
   *
   * @param issued the key with its secret
   * @param sentUntil when the secret that the caller sent stops working, which may be past
   * @param sentRetiredAt when the secret that the caller sent was refreshed; null if it is current
   */
  record Answered(IssuedView issued, Instant sentUntil, @Nullable Instant sentRetiredAt) {}

  /**
   * Refreshes as {@link Refreshes#refresh(OrganisationId, ApiKeyId, int, Duration, Grantor, Actor)}
   * does. In an organisation that keeps no secrets, nobody has the secret that the automatic
   * refresh created. A caller that replaces its own secret then gets the next secret, as a renewal
   * would. The secret that nobody has stays accepted for the key's grace period; the caller's
   * secret ends.
   *
   * @throws ProblemException as there; 401 when the caller's secret has ended
   */
  Answered refresh(Caller caller, ApiKeyId keyId, ApiKeyRequests.Refresh wanted, Actor actor) {
    ApiKey key = locks.lock(caller.organisationId(), keyId);
    requireAccepted(caller);
    if (nobodyHasSuccessor(caller, key, wanted.number())) {
      key.policy().requireAllowed(wanted.gracePeriod());
      IssuedSecret next =
          refreshes.refreshUnread(key, clock.instant(), actor, CredentialCause.MANUAL);
      return answered(caller, next);
    }
    IssuedSecret next =
        refreshes.refresh(
            caller.organisationId(),
            keyId,
            wanted.number(),
            wanted.gracePeriod(),
            grantor(caller),
            actor);
    return answered(caller, next);
  }

  /**
   * Stops a leaked secret as {@link Refreshes#leaked(OrganisationId, ApiKeyId, String, Grantor,
   * Actor)} does.
   *
   * @throws ProblemException as there; 401 when the caller's secret has ended
   */
  Answered leaked(Caller caller, ApiKeyId keyId, @Nullable String reason, Actor actor) {
    locks.lock(caller.organisationId(), keyId);
    requireAccepted(caller);
    IssuedSecret next =
        refreshes.leaked(caller.organisationId(), keyId, reason, grantor(caller), actor);
    return answered(caller, next);
  }

  /** The key that asks, as it is now. A change may have narrowed it while the request waited. */
  private Grantor grantor(Caller caller) {
    return Grantor.key(keys.get(caller.organisationId(), caller.keyId()));
  }

  private boolean nobodyHasSuccessor(Caller caller, ApiKey key, int replaces) {
    return key.id().equals(caller.keyId())
        && replaces == caller.secretNumber()
        && replaces == key.currentNumber() - 1
        && credentials.current(key).isEmpty()
        && credentials.automatic(key);
  }

  /** Refuses a caller whose secret has ended while the request waited for the lock. */
  private void requireAccepted(Caller caller) {
    if (!sent(caller).accepted(clock.instant())) {
      String detail = "This secret ended while the request ran. Use the key's new secret.";
      throw new ProblemException(ProblemType.SECRET_REFRESHED, detail)
          .header(HttpHeaders.WWW_AUTHENTICATE, BearerChallenge.invalidToken(detail));
    }
  }

  /** Reads what is answered; the refresh must be done. */
  private Answered answered(Caller caller, IssuedSecret issued) {
    Credential sent = sent(caller);
    return new Answered(
        IssuedView.of(keys.get(caller.organisationId(), issued.keyId()), issued),
        sent.acceptedUntil(),
        sent.retiredAt().orElse(null));
  }

  private Credential sent(Caller caller) {
    return credentials.of(caller.organisationId(), caller.keyId(), caller.secretNumber());
  }
}
