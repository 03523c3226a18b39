package io.keyturn.audit;

import io.keyturn.database.BulkTable;
import io.keyturn.database.ColumnText;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An event of an organisation's chain. Its MAC covers its contents and the previous event's MAC, so
 * that a changed, missing or moved event is found. An event is never updated.
 */
@Entity
@IdClass(AuditEvent.Key.class)
class AuditEvent {

  /** The key of an event. Events of an organisation are numbered 1, 2, 3 … without gaps. */
  record Key(OrganisationId organisationId, long sequence) {}

  /** The columns of names have so many. A longer name must not keep anything from being done. */
  private static final int NAME = 600;

  private static final byte[] HEAD = "head".getBytes(StandardCharsets.US_ASCII);

  static final BulkTable<AuditEvent> TABLE =
      BulkTable.<AuditEvent>named("audit_event")
          .uuid("organisation_id", event -> event.organisationId.value())
          .bigint("sequence", event -> event.sequence)
          .time("at", event -> event.at)
          .text("action", event -> event.action)
          .text("actor_type", event -> event.actorType)
          .uuid("actor_id", event -> event.actorId)
          .text("actor_name", event -> event.actorName)
          .text("address", event -> event.address)
          .text("subject_type", event -> event.subjectType)
          .uuid("subject_id", event -> event.subjectId)
          .text("subject_name", event -> event.subjectName)
          .text("details", event -> event.details)
          .bytes("mac", event -> event.mac);

  @Id private OrganisationId organisationId;
  @Id private long sequence;
  private Instant at;
  private String action;

  // A text, so that a value that is no Actor.Type can still be read and reported.
  private String actorType;
  private @Nullable UUID actorId;
  private String actorName;
  private @Nullable String address;
  private String subjectType;
  private @Nullable UUID subjectId;
  private String subjectName;
  private String details;
  private byte[] mac;

  protected AuditEvent() {}

  AuditEvent(
      Key key,
      Instant at,
      String action,
      Actor actor,
      Subject subject,
      String details,
      byte[] macBefore,
      Hmac hmac) {
    this.organisationId = key.organisationId();
    this.sequence = key.sequence();
    this.at = at;
    this.action = action;
    this.actorType = actor.type().name();
    this.actorId = actor.id();
    this.actorName = ColumnText.cut(actor.name(), NAME);
    this.address = actor.address();
    this.subjectType = subject.type();
    this.subjectId = subject.id();
    this.subjectName = ColumnText.cut(subject.name(), NAME);
    this.details = details;
    this.mac = macAfter(macBefore, hmac);
  }

  /** The MAC that this event must have after the previous event's MAC. */
  byte[] macAfter(byte[] macBefore, Hmac hmac) {
    byte[][] parts =
        Stream.<@Nullable Object>of(
                organisationId,
                sequence,
                at,
                action,
                actorType,
                actorId,
                actorName,
                address,
                subjectType,
                subjectId,
                subjectName,
                details)
            .map(AuditEvent::part)
            .toArray(byte[][]::new);
    byte[][] all = new byte[parts.length + 1][];
    all[0] = macBefore;
    System.arraycopy(parts, 0, all, 1, parts.length);
    return hmac.ofParts(all);
  }

  /** Null must not have the same bytes as an empty text. */
  private static byte[] part(@Nullable Object value) {
    return (value == null ? "" : "=" + value).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether this event is unchanged and was written after the event with that MAC. */
  boolean follows(byte[] macBefore, Hmac hmac) {
    return MessageDigest.isEqual(mac, macAfter(macBefore, hmac));
  }

  /**
   * The MAC on which the next event builds. Only the head stores it, and only until the next event.
   * An attacker who cuts events off the end therefore cannot restore the earlier head.
   */
  byte[] macBeforeNext(Hmac hmac) {
    return hmac.ofParts(HEAD, mac);
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  long sequence() {
    return sequence;
  }

  Instant at() {
    return at;
  }

  /** What happened, in the past tense, such as {@code API_KEY_REFRESHED}. */
  String action() {
    return action;
  }

  String actorType() {
    return actorType;
  }

  @Nullable UUID actorId() {
    return actorId;
  }

  String actorName() {
    return actorName;
  }

  @Nullable String address() {
    return address;
  }

  Subject subject() {
    return new Subject(subjectType, subjectId, subjectName);
  }

  /** Further facts as a JSON object, never a secret. */
  String details() {
    return details;
  }

  byte[] mac() {
    return mac;
  }
}
