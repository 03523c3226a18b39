package io.keyturn.audit;

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
 * One thing that happened, as a link of its organisation's chain: its MAC covers its contents and
 * the MAC before it, so that a changed, absent or moved event is found. Never updated.
 */
@Entity
@IdClass(AuditEvent.Key.class)
class AuditEvent {

  /** Events of an organisation are numbered 1, 2, 3 … without gaps. */
  record Key(UUID organisationId, long sequence) {}

  private static final byte[] HEAD = "head".getBytes(StandardCharsets.US_ASCII);

  @Id private UUID organisationId;
  @Id private long sequence;
  private Instant at;
  private String action;

  // Text, so that a value which nobody of ours wrote can be read, and found.
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
    this.actorName = actor.name();
    this.address = actor.address();
    this.subjectType = subject.type();
    this.subjectId = subject.id();
    this.subjectName = subject.name();
    this.details = details;
    this.mac = macAfter(macBefore, hmac);
  }

  /** What the MAC must be after the one before it. */
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

  /** Absent is another thing than any text. */
  private static byte[] part(@Nullable Object value) {
    return (value == null ? "" : "=" + value).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether nobody changed this event, and it is the one that was written after that MAC. */
  boolean follows(byte[] macBefore, Hmac hmac) {
    return MessageDigest.isEqual(mac, macAfter(macBefore, hmac));
  }

  /**
   * The MAC that the next event follows. It stands in the head alone, and there only until that
   * event: who cuts events off the end cannot tell what stood in the head before them.
   */
  byte[] macBeforeNext(Hmac hmac) {
    return hmac.ofParts(HEAD, mac);
  }

  long sequence() {
    return sequence;
  }

  Instant at() {
    return at;
  }

  /** What happened, in the past tense: {@code API_KEY_REFRESHED}. */
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

  /** Further facts as a JSON object. Never a secret. */
  String details() {
    return details;
  }

  byte[] mac() {
    return mac;
  }
}
