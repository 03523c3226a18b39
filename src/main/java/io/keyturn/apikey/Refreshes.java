package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Replaces credentials by their successors: on request, when the refresh is due, after a leak. */
@ApplicationScoped
@Transactional
public class Refreshes {
  private static final Logger LOG = Logger.getLogger(Refreshes.class.getName());

  @Inject private Clock clock;
  @Inject private AuditLog audit;
  @Inject private KeyLocks locks;
  @Inject private Credentials credentials;
  @Inject private Event<KeyLeaked> leaked;

  /**
   * Replaces the credential with the number {@code replaces} by the next credential. Whoever
   * repeats the number that was just replaced gets the same successor, so that a retry or a second
   * replica changes nothing.
   *
   * @param replaces the number of the credential to replace
   * @param grace how long the old secret stays accepted: 0 to 24 h, and no longer than the
   *     interval; null for the key's own grace period
   * @param grantor the person or key that asks; gets no secret of a key that may do more
   * @throws ProblemException 404; 403 naming a scope or another member; 409 for a revoked or
   *     expired key and for a key that was tampered with; 409 with member {@code current_number}
   *     for a number that was replaced longer ago, and where the successor's secret is not kept;
   *     422 for a number not yet issued or a grace period out of bounds
   */
  public IssuedSecret refresh(
      OrganisationId organisationId,
      ApiKeyId keyId,
      int replaces,
      @Nullable Duration grace,
      Grantor grantor,
      Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    credentials.refuse(key, grantor, clock.instant());
    Duration keep = key.policy().keep(grace);
    if (replaces < 1 || replaces > key.currentNumber()) {
      throw ProblemException.invalid(
          "replaces", "must be the current secret's number, " + key.currentNumber());
    }
    if (replaces == key.currentNumber() - 1) {
      return repeated(key, replaces, actor);
    }
    if (replaces < key.currentNumber()) {
      throw replaced(
          key,
          "Secret number %d was replaced earlier; the current secret is number %d.",
          replaces,
          key.currentNumber());
    }
    Instant now = clock.instant();
    List<Credential> accepted = credentials.accepted(key, now);
    requireFit(key, accepted, now);
    Instant until = key.refresh(now, keep);
    return issueNext(key, accepted, now, until, actor, CredentialCause.MANUAL);
  }

  /**
   * Refreshes a key for somebody who saw its current secret and means that secret: where somebody
   * else was faster, nothing is done. {@link #refresh} would answer with the successor that
   * somebody else issued, whose old secret may work on.
   *
   * @param seen the number of the credential that was current when it was seen
   * @param grace how long the old secret stays accepted: 0 to 24 h, and no longer than the interval
   * @return the next secret; nothing where another number is current by now
   * @throws ProblemException 404; 409 for a revoked or expired key and for one that was tampered
   *     with; 422 for a grace period out of bounds
   */
  public Optional<IssuedSecret> refreshSeen(
      OrganisationId organisationId, ApiKeyId keyId, int seen, Duration grace, Actor actor) {
    ApiKey key = locks.lock(organisationId, keyId);
    return key.currentNumber() == seen
        ? Optional.of(refresh(organisationId, keyId, seen, grace, Grantor.anybody(), actor))
        : Optional.empty();
  }

  private IssuedSecret repeated(ApiKey key, int replaces, Actor actor) {
    IssuedSecret issued =
        credentials
            .current(key)
            .orElseThrow(
                () ->
                    replaced(
                        key,
                        "Secret number %d was replaced by secret number %d, which is shown only once:"
                            + " this organisation keeps no secrets. If you do not have the new secret,"
                            + " refresh again and name its number.",
                        replaces,
                        key.currentNumber()));
    audit.append(
        key.organisationId(),
        actor,
        AuditAction.API_KEY_REFRESH_REPEATED,
        key.subject(),
        Map.of("number", issued.number()));
    return issued;
  }

  private static ProblemException replaced(ApiKey key, String detail, int number, int current) {
    return new ProblemException(ProblemType.CONFLICT, detail.formatted(number, current))
        .member("current_number", key.currentNumber());
  }

  /** Refuses to create a successor of what has ended or was tampered with. */
  private void requireFit(ApiKey key, List<Credential> accepted, Instant now) {
    if (key.expired(now)) {
      throw new ProblemException(
          ProblemType.CONFLICT, "This API key expired at " + key.expiresAt() + ".");
    }
    if (!credentials.genuine(key, accepted)) {
      throw Credentials.changed();
    }
  }

  /**
   * Stops a key's accepted secrets at once because a secret leaked, and issues the next secret.
   * Observers of {@link KeyLeaked} end, in the same transaction, everything else that gives access
   * to the key's secrets.
   *
   * @param reason what happened
   * @param grantor the person or key that asks; gets no secret of a key that may do more
   * @throws ProblemException 404; 403 naming a scope or another member; 409 for a revoked or
   *     expired key and for a key that was tampered with; 422 without a reason
   */
  public IssuedSecret leaked(
      OrganisationId organisationId,
      ApiKeyId keyId,
      @Nullable String reason,
      Grantor grantor,
      Actor actor) {
    String why = Reason.required(reason);
    ApiKey key = locks.lock(organisationId, keyId);
    credentials.refuse(key, grantor, clock.instant());
    Instant now = clock.instant();
    List<Credential> accepted = credentials.accepted(key, now);
    requireFit(key, accepted, now);
    return leaked(key, accepted, now, why, actor);
  }

  /**
   * Stops the secrets of several keys after a leak. Revoked and expired keys stay as they are.
   *
   * @return how many were refreshed
   */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public int leaked(
      OrganisationId organisationId, List<ApiKeyId> keyIds, String reason, Actor actor) {
    String why = Reason.required(reason);
    Instant now = clock.instant();
    List<ApiKey> keys =
        locks.lock(organisationId, keyIds).stream().filter(k -> !k.expired(now)).toList();
    Map<ApiKeyId, List<Credential>> accepted = credentials.accepted(keys, now);
    int count = 0;
    for (ApiKey key : keys) {
      List<Credential> own = accepted.getOrDefault(key.id(), List.of());
      if (credentials.genuine(key, own)) {
        leaked(key, own, now, why, actor);
        count++;
      } else {
        credentials.retire(key, own, now, now);
        passOver(key, now);
        audit.append(
            organisationId,
            actor,
            AuditAction.API_KEY_LEAKED,
            key.subject(),
            Map.of("number", key.currentNumber(), "reason", why, "successor", "none"));
      }
    }
    return count;
  }

  private IssuedSecret leaked(
      ApiKey key, List<Credential> accepted, Instant now, String reason, Actor actor) {
    audit.append(
        key.organisationId(),
        actor,
        AuditAction.API_KEY_LEAKED,
        key.subject(),
        Map.of("number", key.currentNumber(), "reason", reason));
    Instant until = key.refresh(now, Duration.ZERO);
    IssuedSecret issued = issueNext(key, accepted, now, until, actor, CredentialCause.LEAKED);
    leaked.fire(new KeyLeaked(key.organisationId(), key.id()));
    return issued;
  }

  /**
   * Refreshes a due key that the caller has locked, as the automatic refresh does. A key that
   * somebody else has changed in the database is skipped until its next due time.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void refreshDue(ApiKey key, Instant now) {
    List<Credential> accepted = credentials.accepted(key, now);
    if (credentials.genuine(key, accepted)) {
      Instant until = key.refreshDue(now);
      issueNext(key, accepted, now, until, Actor.SYSTEM, CredentialCause.AUTOMATIC);
    } else {
      passOver(key, now);
    }
  }

  /** A successor would sign what somebody else wrote into the database. */
  static void passOver(ApiKey key, Instant now) {
    LOG.log(
        Level.SEVERE,
        "API key {0} was changed in the database by somebody else; not refreshed",
        key.id());
    key.passOver(now);
  }

  /** Issues the next credential because nobody can read the current secret. */
  public IssuedSecret refreshUnread(ApiKey key, Instant now, Actor actor, CredentialCause cause) {
    List<Credential> accepted = credentials.accepted(key, now);
    requireFit(key, accepted, now);
    Instant until = key.refreshUnread(now);
    return issueNext(key, accepted, now, until, actor, cause);
  }

  /**
   * Refreshes a key whose time has come, or nearly, for a renewal that asks.
   *
   * @param accepted the key's accepted credentials
   * @throws ProblemException 409 for an expired key and for one that was tampered with
   */
  public IssuedSecret refreshDue(ApiKey key, List<Credential> accepted, Instant now, Actor actor) {
    requireFit(key, accepted, now);
    Instant until = key.refreshDue(now);
    return issueNext(key, accepted, now, until, actor, CredentialCause.RENEWAL);
  }

  /**
   * Retires the accepted credentials, and issues the credential of the number that the key has
   * moved on to: call one of the key's own refresh methods first.
   */
  private IssuedSecret issueNext(
      ApiKey key,
      List<Credential> accepted,
      Instant now,
      Instant until,
      Actor actor,
      CredentialCause cause) {
    credentials.retire(key, accepted, now, until);
    IssuedSecret issued = credentials.issue(key, cause, now);
    audit.append(
        key.organisationId(),
        actor,
        AuditAction.API_KEY_REFRESHED,
        key.subject(),
        details(key, cause, until));
    return issued;
  }

  /** What the audit log has of a refresh, after the key has moved on. */
  static Map<String, Object> details(ApiKey key, CredentialCause cause, Instant until) {
    return Map.of(
        "number", key.currentNumber(), "how", cause.text(), "old_secret_accepted_until", until);
  }
}
