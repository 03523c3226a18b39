package io.keyturn.webhook;

import io.keyturn.audit.Actor;
import io.keyturn.audit.Subject;
import io.keyturn.database.ColumnText;
import io.keyturn.event.EventType;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Seal;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.OptimisticLock;
import org.jspecify.annotations.Nullable;

/** An address that is told of events. */
@Entity
@DynamicUpdate
class Webhook {
  /**
   * After so many days without an accepted delivery, a webhook is disabled, unless nothing was to
   * be delivered for most of that time.
   */
  private static final Duration PATIENCE = Duration.ofDays(3);

  /** The column of the owner's name has so many; an e-mail address may be longer. */
  private static final int NAME = 200;

  private static final Duration MOMENT = Duration.ofMinutes(1);

  /** A receiver that does not answer in time, or fails for long, is left in peace for so long. */
  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  /** Whether events are delivered. */
  enum State {
    ENABLED,
    DISABLED
  }

  /** Why a webhook is disabled. */
  enum Because {
    /** A person or key disabled it. */
    BY_HAND,
    /** The receiver answered 410. */
    GONE,
    /** No delivery was accepted for three days. */
    FAILING,
    /** The key or person to whom it belongs may no longer read anything. */
    OWNER
  }

  @Id private UUID id;
  private OrganisationId organisationId;
  @Version private int version;
  private String url;
  private String description;
  private String types;

  @Enumerated(EnumType.STRING)
  private State state;

  @Enumerated(EnumType.STRING)
  private @Nullable Because disabledBecause;

  private Instant createdAt;

  @Enumerated(EnumType.STRING)
  private Actor.Type ownerType;

  private UUID ownerId;
  private String ownerName;
  private UUID dataKeyId;
  private byte[] secret;
  private byte @Nullable [] previousSecret;
  private @Nullable Instant previousUntil;
  @Embedded private @Nullable ClientCertificate client;

  // Deliveries do not change the version that people and keys see.
  @OptimisticLock(excluded = true)
  private long eventSequence;

  @OptimisticLock(excluded = true)
  private @Nullable Instant failingSince;

  @OptimisticLock(excluded = true)
  private @Nullable Instant pausedUntil;

  protected Webhook() {}

  Webhook(
      OrganisationId organisationId,
      URI url,
      String description,
      Set<EventType> types,
      Actor owner,
      SigningSecret secret,
      DataKey dataKey,
      long newestEvent,
      Instant now) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    this.url = url.toString();
    this.description = description;
    this.types = EventType.format(types);
    this.state = State.ENABLED;
    this.createdAt = now;
    this.ownerType = owner.type();
    this.ownerId = Objects.requireNonNull(owner.id());
    this.ownerName = ColumnText.cut(owner.name(), NAME);
    this.dataKeyId = dataKey.id();
    this.secret = dataKey.seal().close(secret.bytes(), place());
    this.eventSequence = newestEvent;
  }

  private byte[] place() {
    return ("webhook/" + organisationId + "/" + id).getBytes(StandardCharsets.US_ASCII);
  }

  UUID id() {
    return id;
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  int version() {
    return version;
  }

  URI url() {
    // What was stored before addresses were encoded may have other characters.
    return TargetPolicy.ascii(URI.create(url));
  }

  String description() {
    return description;
  }

  /** The events that it wants. */
  Set<EventType> types() {
    return EventType.parse(types);
  }

  State state() {
    return state;
  }

  @Nullable Because disabledBecause() {
    return disabledBecause;
  }

  Instant createdAt() {
    return createdAt;
  }

  Actor.Type ownerType() {
    return ownerType;
  }

  UUID ownerId() {
    return ownerId;
  }

  String ownerName() {
    return ownerName;
  }

  UUID dataKeyId() {
    return dataKeyId;
  }

  @Nullable Instant previousUntil() {
    return previousUntil;
  }

  @Nullable Instant failingSince() {
    return failingSince;
  }

  Subject subject() {
    return Subject.webhook(id, url);
  }

  /** The number of the event up to which deliveries exist. */
  long eventSequence() {
    return eventSequence;
  }

  /** Deliveries exist for all events up to this number. */
  void reached(long sequence) {
    eventSequence = Math.max(eventSequence, sequence);
  }

  void change(
      @Nullable URI newUrl, @Nullable String newDescription, @Nullable Set<EventType> wanted) {
    if (newUrl != null && !newUrl.equals(url())) {
      url = newUrl.toString();
      // The failures were those of the address before.
      failingSince = null;
    }
    if (newDescription != null) {
      description = newDescription;
    }
    if (wanted != null) {
      types = EventType.format(wanted);
    }
  }

  /** Delivers again, also what happened meanwhile. */
  void enable() {
    state = State.ENABLED;
    disabledBecause = null;
    failingSince = null;
  }

  void disable(Because why) {
    state = State.DISABLED;
    disabledBecause = why;
  }

  /** The secrets that count, the current secret first. */
  List<SigningSecret> secrets(Seal seal, Instant now) {
    List<SigningSecret> all = new ArrayList<>();
    all.add(new SigningSecret(seal.open(secret, place())));
    if (previousSecret != null && overlap(now).isPresent()) {
      all.add(new SigningSecret(seal.open(previousSecret, place())));
    }
    return all;
  }

  /** Until when the previous secret signs, too; nothing where only the current secret does. */
  Optional<Instant> overlap(Instant now) {
    return Optional.ofNullable(previousUntil).filter(now::isBefore);
  }

  /** The client certificate; null where the receiver admits everybody. */
  @Nullable ClientCertificate client() {
    return client;
  }

  /** Whether it goes without TLS. */
  boolean plain() {
    return url.regionMatches(true, 0, "http:", 0, 5);
  }

  /** Identifies Keyturn to the receiver by a certificate. */
  void identifyBy(ClientIdentity identity, DataKey dataKey) {
    client = new ClientCertificate(identity, dataKey, clientPlace());
  }

  void identifyByNothing() {
    client = null;
  }

  byte[] clientPlace() {
    return ("webhook/" + organisationId + "/" + id + "/client").getBytes(StandardCharsets.US_ASCII);
  }

  /** Replaces the secret. Until a time, the previous secret signs too. */
  void rotate(SigningSecret next, DataKey dataKey, Seal before, Instant until) {
    SigningSecret current = new SigningSecret(before.open(secret, place()));
    dataKeyId = dataKey.id();
    previousSecret = dataKey.seal().close(current.bytes(), place());
    previousUntil = until;
    secret = dataKey.seal().close(next.bytes(), place());
  }

  /** Whether it has failed for longer than a fault of a moment does. */
  boolean failsForLong(Instant now) {
    return failingSince != null && failingSince.plus(MOMENT).isBefore(now);
  }

  /** Until when the receiver is left in peace; null where it answers. */
  @Nullable Instant pausedUntil() {
    return pausedUntil;
  }

  /** Leaves the receiver in peace for as long as it has been failing; answers until when. */
  Instant pause(Instant now) {
    Duration wait = failingSince == null ? Duration.ZERO : Duration.between(failingSince, now);
    if (wait.compareTo(SHORTEST_PAUSE) < 0) {
      wait = SHORTEST_PAUSE;
    } else if (wait.compareTo(LONGEST_PAUSE) > 0) {
      wait = LONGEST_PAUSE;
    }
    pausedUntil = now.plus(wait);
    return pausedUntil;
  }

  /** Ends the pause: the receiver answers, or somebody says that it will. */
  void endPause() {
    pausedUntil = null;
  }

  /** Notes an accepted delivery. */
  void accepted() {
    failingSince = null;
  }

  /**
   * Notes a failed attempt. In the days since the first failure there may have been no event, so
   * the days alone do not count: a single fault would disable the webhook.
   *
   * @param lasting whether this delivery was refused for most of a day
   * @return whether it has failed for so long that it should be disabled
   */
  boolean failed(boolean lasting, Instant now) {
    if (failingSince == null) {
      failingSince = now;
    }
    return lasting && failingSince.plus(PATIENCE).isBefore(now);
  }

  @Override
  public String toString() {
    return "Webhook " + id + " " + state.name().toLowerCase(Locale.ROOT);
  }
}
