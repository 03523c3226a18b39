package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.audit.Subject;
import io.keyturn.database.Announced;
import io.keyturn.database.BulkTable;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A durable grant: a name, scopes and a refresh policy. It never holds a secret; its secrets are
 * its {@link Credential}s. Its id never changes.
 */
@Entity
public class ApiKey implements Announced {
  /** The columns that a refresh changes, and the key. */
  static final BulkTable<ApiKey> REFRESHED =
      BulkTable.<ApiKey>named("api_key")
          .integer("current_number", key -> key.currentNumber)
          .time("next_refresh_at", key -> key.nextRefreshAt)
          .time("due_at", key -> key.dueAt)
          .integer("version", key -> key.version + 1)
          .uuid("id", key -> key.id.value());

  /** The columns that a notice of the planned end changes, and the key. */
  static final BulkTable<ApiKey> NOTICED =
      BulkTable.<ApiKey>named("api_key")
          .time("expiry_notice_at", key -> key.expiryNoticeAt)
          .uuid("id", key -> key.id.value());

  @Id private ApiKeyId id;
  private OrganisationId organisationId;
  private String name;
  private @Nullable String reservedName;
  private String environment;
  private Instant createdAt;
  @Embedded private Creator creator;
  private long refreshIntervalSeconds;
  private long gracePeriodSeconds;
  private Instant nextRefreshAt;
  private @Nullable Instant dueAt;
  private int currentNumber;
  private @Nullable Instant revokedAt;
  private @Nullable Instant expiryNoticeAt;
  @Embedded private KeyGrant granted;
  @Version private int version;

  protected ApiKey() {}

  ApiKey(
      OrganisationId organisationId,
      NewApiKey wanted,
      @Nullable UUID creator,
      String creatorName,
      Instant now) {
    this.id = ApiKeyId.random();
    this.organisationId = organisationId;
    this.name = wanted.name();
    this.reservedName = reservedName(wanted.name());
    this.environment = wanted.environment();
    this.createdAt = now;
    this.creator = new Creator(creator, creatorName);
    this.refreshIntervalSeconds = wanted.policy().interval().toSeconds();
    this.gracePeriodSeconds = wanted.policy().gracePeriod().toSeconds();
    this.granted = KeyGrant.of(wanted.scopes(), wanted.restrictions(), wanted.expiresAt());
    this.currentNumber = 1;
    this.expiryNoticeAt = ExpiryNotices.after(now, wanted.expiresAt());
    dueNext(policy().dueAfter(now, now));
  }

  /** This key as the subject of an audit event. */
  Subject subject() {
    return new Subject("api_key", id.value(), name);
  }

  /** The form of a name that is reserved until the key is revoked. Case does not count. */
  static String reservedName(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  public ApiKeyId id() {
    return id;
  }

  @Override
  public UUID announcedAs() {
    return id.value();
  }

  public OrganisationId organisationId() {
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
    return Scope.parse(granted.scopes());
  }

  /** The scopes as they are stored. */
  String scopeText() {
    return granted.scopes();
  }

  /** The grant that the MACs of its credentials cover. */
  KeyGrant granted() {
    return granted;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public String createdByName() {
    return creator.createdByName();
  }

  public RefreshPolicy policy() {
    return new RefreshPolicy(
        Duration.ofSeconds(refreshIntervalSeconds), Duration.ofSeconds(gracePeriodSeconds));
  }

  /** When the next automatic refresh is due. */
  public Instant nextRefreshAt() {
    return nextRefreshAt;
  }

  /** Whether the automatic refresh is due. */
  boolean due(Instant now) {
    return dueAt != null && !dueAt.isAfter(now);
  }

  /** The number of the current credential. */
  public int currentNumber() {
    return currentNumber;
  }

  /** The version, which grows with each change. */
  int version() {
    return version;
  }

  /** The planned end; null for none. */
  public @Nullable Instant expiresAt() {
    return granted.expiresAt();
  }

  public @Nullable Instant revokedAt() {
    return revokedAt;
  }

  public boolean revoked() {
    return revokedAt != null;
  }

  /** Whether the planned end has passed. */
  boolean expired(Instant now) {
    Instant end = granted.expiresAt();
    return end != null && !end.isAfter(now);
  }

  /** When the current secret stops working if nobody refreshes it: due time plus grace period. */
  Instant currentAcceptedUntil() {
    return notBeyondExpiry(nextRefreshAt.plusSeconds(gracePeriodSeconds));
  }

  private Instant notBeyondExpiry(Instant end) {
    Instant planned = granted.expiresAt();
    return planned != null && planned.isBefore(end) ? planned : end;
  }

  void rename(String wanted) {
    name = wanted;
    reservedName = reservedName(wanted);
  }

  /** Replaces the scopes. The rows of all credentials of the key must be signed again. */
  void grant(Set<Scope> wanted) {
    granted = granted.with(wanted);
  }

  /** Replaces the restrictions. The rows of all credentials of the key must be signed again. */
  final void restrict(Restrictions wanted) {
    granted = granted.with(wanted);
  }

  /**
   * Sets another planned end, of which others are told anew. The rows of all credentials of the key
   * must be signed again.
   *
   * @param end null for no end
   */
  void planEnd(@Nullable Instant end, Instant now) {
    granted = granted.until(end);
    expiryNoticeAt = ExpiryNotices.after(now, end);
    dueNext(nextRefreshAt);
  }

  /**
   * Moves on to the next notice of the planned end, because a notice is due.
   *
   * @return the days of the notice that is due; nothing when the key has expired meanwhile
   */
  OptionalLong noticeExpiry(Instant now) {
    Instant end = granted.expiresAt();
    expiryNoticeAt = ExpiryNotices.after(now, end);
    return end == null ? OptionalLong.empty() : ExpiryNotices.days(now, end);
  }

  /**
   * Replaces the refresh policy. The current credential must be signed again.
   *
   * @param busyUntil the next refresh is due after this time: now or, during a grace period, its
   *     promised end
   */
  void changePolicy(RefreshPolicy wanted, Instant busyUntil) {
    refreshIntervalSeconds = wanted.interval().toSeconds();
    gracePeriodSeconds = wanted.gracePeriod().toSeconds();
    dueNext(wanted.dueAfter(createdAt, busyUntil));
  }

  /**
   * Moves on to the next credential because the refresh is due. The previous credential stays
   * accepted until exactly the promised time, however late or early the refresh is.
   *
   * @return until when the previous credential stays accepted, which may be past
   */
  Instant refreshDue(Instant now) {
    Instant until = currentAcceptedUntil();
    currentNumber++;
    Instant due = nextRefreshAt.isAfter(now) ? nextRefreshAt : now;
    dueNext(policy().dueAfter(createdAt, due));
    return until;
  }

  /**
   * Moves on to the next credential because nobody can read the current secret.
   *
   * @return until when the previous credential stays accepted: for the grace period, but not longer
   *     than promised before
   */
  Instant refreshUnread(Instant now) {
    Instant promised = currentAcceptedUntil();
    Instant until = refresh(now, policy().gracePeriod());
    return promised.isBefore(until) ? promised : until;
  }

  /** Whether a next credential would be accepted longer than the current credential. */
  public boolean canLastLonger() {
    Instant end = granted.expiresAt();
    return end == null || end.isAfter(currentAcceptedUntil());
  }

  /**
   * Moves on to the next credential because somebody asked.
   *
   * @return until when the previous credential stays accepted
   */
  Instant refresh(Instant now, Duration grace) {
    currentNumber++;
    Instant until = notBeyondExpiry(now.plus(grace));
    if (!nextRefreshAt.isAfter(until)) {
      // The due refresh would cut the promised grace period short. This refresh replaces it.
      dueNext(policy().dueAfter(createdAt, until));
    }
    return until;
  }

  /** Skips a refresh: the credential stays as it is until the next due time. */
  void passOver(Instant now) {
    dueNext(policy().dueAfter(createdAt, now));
  }

  private void dueNext(Instant due) {
    nextRefreshAt = due;
    // A key that ends before then needs no further secret.
    Instant end = granted.expiresAt();
    dueAt = end != null && !due.isBefore(end) ? null : due;
  }

  /** Makes another person responsible for this key. */
  void handOver(UUID heir, String heirName) {
    creator = new Creator(heir, heirName);
  }

  /** Ends this key for good and frees its name. */
  void revoke(Instant now) {
    revokedAt = now;
    reservedName = null;
    dueAt = null;
    expiryNoticeAt = null;
  }
}
