package io.keyturn.apikey;

import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.audit.Subject;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A durable grant: a name, scopes and a refresh policy. Never a secret itself; its secrets are its
 * {@link Credential}s. Its id never changes.
 */
@Entity
public class ApiKey {
  @Id private UUID id;
  private UUID organisationId;
  private String name;
  private @Nullable String reservedName;
  private String environment;
  private String scopes;
  private Instant createdAt;
  private @Nullable UUID createdBy;
  private String createdByName;
  private long refreshIntervalSeconds;
  private long gracePeriodSeconds;
  private Instant nextRefreshAt;
  private @Nullable Instant dueAt;
  private int currentNumber;
  private @Nullable Instant expiresAt;
  private @Nullable Instant revokedAt;
  private String networks;
  private @Nullable Integer requestsPerMinute;
  private @Nullable Integer burst;
  private @Nullable Integer requestsPerDay;
  @Version private int version;

  protected ApiKey() {}

  ApiKey(
      UUID organisationId,
      NewApiKey wanted,
      @Nullable UUID creator,
      String creatorName,
      Instant now) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    this.name = wanted.name();
    this.reservedName = reservedName(wanted.name());
    this.environment = wanted.environment();
    this.scopes = Scope.format(wanted.scopes());
    this.createdAt = now;
    this.createdBy = creator;
    this.createdByName = creatorName;
    this.refreshIntervalSeconds = wanted.policy().interval().toSeconds();
    this.gracePeriodSeconds = wanted.policy().gracePeriod().toSeconds();
    this.expiresAt = wanted.expiresAt();
    this.currentNumber = 1;
    restrict(wanted.restrictions());
    dueNext(policy().dueAfter(now, now));
  }

  /** As the audit log names it. */
  Subject subject() {
    return new Subject("api_key", id, name);
  }

  /** A name as it is reserved until the key is revoked: without regard to case. */
  static String reservedName(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  public UUID id() {
    return id;
  }

  public UUID organisationId() {
    return organisationId;
  }

  public String name() {
    return name;
  }

  /** {@code live} or {@code test}. */
  public String environment() {
    return environment;
  }

  public Set<Scope> scopes() {
    return Scope.parse(scopes);
  }

  /** The scopes as they are stored. */
  String scopeText() {
    return scopes;
  }

  /** All that its credentials are signed for. */
  KeyGrant granted() {
    return new KeyGrant(scopes, networks, requestsPerMinute, burst, requestsPerDay, expiresAt);
  }

  public Instant createdAt() {
    return createdAt;
  }

  public String createdByName() {
    return createdByName;
  }

  public RefreshPolicy policy() {
    return new RefreshPolicy(
        Duration.ofSeconds(refreshIntervalSeconds), Duration.ofSeconds(gracePeriodSeconds));
  }

  /** When the next automatic refresh is due. */
  public Instant nextRefreshAt() {
    return nextRefreshAt;
  }

  /** Whether its automatic refresh is due. */
  boolean due(Instant now) {
    return dueAt != null && !dueAt.isAfter(now);
  }

  /** The number of the credential that is current. */
  public int currentNumber() {
    return currentNumber;
  }

  /** Grows with each change. */
  int version() {
    return version;
  }

  /** Its planned end, if one is planned. */
  public @Nullable Instant expiresAt() {
    return expiresAt;
  }

  public @Nullable Instant revokedAt() {
    return revokedAt;
  }

  public boolean revoked() {
    return revokedAt != null;
  }

  /** Whether its planned end has come. */
  boolean expired(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  /** When the current secret stops working if no one refreshes it: due time plus grace period. */
  Instant currentAcceptedUntil() {
    return notBeyondExpiry(nextRefreshAt.plusSeconds(gracePeriodSeconds));
  }

  private Instant notBeyondExpiry(Instant end) {
    return expiresAt != null && expiresAt.isBefore(end) ? expiresAt : end;
  }

  void rename(String wanted) {
    name = wanted;
    reservedName = reservedName(wanted);
  }

  /** Grants other scopes. The rows of all its credentials must be signed anew. */
  void grant(Set<Scope> wanted) {
    scopes = Scope.format(wanted);
  }

  /** Narrows its use otherwise. The rows of all its credentials must be signed anew. */
  final void restrict(Restrictions wanted) {
    networks = wanted.networks().toString();
    requestsPerMinute = wanted.requestsPerMinute();
    burst = wanted.burst();
    requestsPerDay = wanted.requestsPerDay();
  }

  /**
   * Plans another end, or none. The rows of all its credentials must be signed anew.
   *
   * @param end null for no end
   */
  void planEnd(@Nullable Instant end) {
    expiresAt = end;
    dueNext(nextRefreshAt);
  }

  /**
   * Refreshes by another policy from now on. The current credential must be signed anew.
   *
   * @param busyUntil the next refresh is due after this: now, or where the secret before is in its
   *     grace period, the end of that, which was promised
   */
  void changePolicy(RefreshPolicy wanted, Instant busyUntil) {
    refreshIntervalSeconds = wanted.interval().toSeconds();
    gracePeriodSeconds = wanted.gracePeriod().toSeconds();
    dueNext(wanted.dueAfter(createdAt, busyUntil));
  }

  /**
   * Moves on to the next credential because its time has come. The promise that came with the one
   * before is kept to the second, however late or early this is: it is neither cut nor stretched.
   *
   * @return until when the one before stays accepted, which may be past
   */
  Instant refreshDue(Instant now) {
    Instant until = currentAcceptedUntil();
    currentNumber++;
    Instant due = nextRefreshAt.isAfter(now) ? nextRefreshAt : now;
    dueNext(policy().dueAfter(createdAt, due));
    return until;
  }

  /**
   * Moves on to the next credential because nobody can read the current one.
   *
   * @return until when the one before stays accepted: for the grace period, but never longer than
   *     it was promised
   */
  Instant refreshUnread(Instant now) {
    Instant promised = currentAcceptedUntil();
    Instant until = refresh(now, policy().gracePeriod());
    return promised.isBefore(until) ? promised : until;
  }

  /** Whether a next credential would last longer than the current one. */
  public boolean canLastLonger() {
    return expiresAt == null || expiresAt.isAfter(currentAcceptedUntil());
  }

  /**
   * Moves on to the next credential because somebody asked.
   *
   * @return until when the one before stays accepted
   */
  Instant refresh(Instant now, Duration grace) {
    currentNumber++;
    Instant until = notBeyondExpiry(now.plus(grace));
    if (!nextRefreshAt.isAfter(until)) {
      // The due refresh would cut this promised grace short, so it takes this one's place.
      dueNext(policy().dueAfter(createdAt, until));
    }
    return until;
  }

  /** Leaves the credential as it is until the next due time. */
  void passOver(Instant now) {
    dueNext(policy().dueAfter(createdAt, now));
  }

  private void dueNext(Instant due) {
    nextRefreshAt = due;
    // A key that ends before needs no further secret.
    dueAt = expiresAt != null && !due.isBefore(expiresAt) ? null : due;
  }

  /** Names somebody else as the person who answers for this key. */
  void handOver(UUID heir, String heirName) {
    createdBy = heir;
    createdByName = heirName;
  }

  /** Ends this key for good and frees its name. */
  void revoke(Instant now) {
    revokedAt = now;
    reservedName = null;
    dueAt = null;
  }
}
