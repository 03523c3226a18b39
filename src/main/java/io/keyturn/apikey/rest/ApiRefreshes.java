package io.keyturn.apikey.rest;

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
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Refreshes that a key asks for over the API: of itself, or of those that it manages. Verification
 * believes what it read for less than a second, and a request may wait for a lock; so who asks for
 * a secret is looked at once more when the key is locked. Else a secret that was just stopped would
 * fetch its successor.
 */
@ApplicationScoped
@Transactional
class ApiRefreshes {
  @Inject private Clock clock;
  @Inject private KeyLocks living;
  @Inject private Credentials credentials;
  @Inject private Refreshes refreshes;
  @Inject private ApiKeys keys;

  /**
   * What a caller is answered, read in the transaction of the refresh: a little later, the key's
   * number could be that of another secret.
   *
   * @param issued the key with its secret
   * @param sentUntil when the secret that the caller sent stops working, which may be past
   * @param sentRetiredAt when it was refreshed, if it was
   */
  record Answered(IssuedView issued, Instant sentUntil, @Nullable Instant sentRetiredAt) {}

  /**
   * Refreshes as {@link Refreshes#refresh(UUID, UUID, int, Duration, Grantor, Actor)} does. Where
   * nobody has the successor of the caller's own secret, for the automatic refresh made it in an
   * organisation that keeps none, the caller gets the next one, as a renewal would: the unread one
   * stays for the key's grace period, and the caller's ends.
   *
   * @throws ProblemException as there; 401 when the caller's secret has ended
   */
  Answered refresh(Caller caller, UUID keyId, ApiKeyRequests.Refresh wanted, Actor actor) {
    ApiKey key = living.lock(caller.organisationId(), keyId);
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
            asker(caller),
            actor);
    return answered(caller, next);
  }

  /**
   * Stops what leaked as {@link Refreshes#leaked(UUID, UUID, String, Grantor, Actor)} does.
   *
   * @throws ProblemException as there; 401 when the caller's secret has ended
   */
  Answered leaked(Caller caller, UUID keyId, @Nullable String reason, Actor actor) {
    living.lock(caller.organisationId(), keyId);
    requireAccepted(caller);
    IssuedSecret next =
        refreshes.leaked(caller.organisationId(), keyId, reason, asker(caller), actor);
    return answered(caller, next);
  }

  /** The key that asks, as it is now: it may have been narrowed while the request waited. */
  private Grantor asker(Caller caller) {
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
          .header(
              HttpHeaders.WWW_AUTHENTICATE,
              "Bearer realm=\"keyturn\", error=\"invalid_token\", error_description=\""
                  + detail
                  + "\"");
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
