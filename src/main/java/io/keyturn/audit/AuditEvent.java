package io.keyturn.audit;

import io.keyturn.secret.Hmac;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, as a link of its organisation's chain: its MAC covers its contents and
 * the MAC before it, so that a changed, absent or moved event is found. Never updated.
 */
@Entity
@IdClass(AuditEvent.Key.class)
public class AuditEvent {

  /** Events of an organisation are numbered 1, 2, 3 … without gaps. */
  public record Key(UUID organisationId, long sequence) {}

  @Id private UUID organisationId;
  @Id private long sequence;
  private Instant at;
  private String action;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private Actor.Type actorType;

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
    this.actorType = actor.type();
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
        Stream.of(
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
            .map(part -> String.valueOf(part).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    byte[][] all = new byte[parts.length + 1][];
    all[0] = macBefore;
    System.arraycopy(parts, 0, all, 1, parts.length);
    return hmac.ofParts(all);
  }

  public long sequence() {
    return sequence;
  }

  public Instant at() {
    return at;
  }

  /** What happened, in the past tense: {@code API_KEY_REFRESHED}. */
  public String action() {
    return action;
  }

  public Actor actor() {
    return new Actor(actorType, actorId, actorName, address);
  }

  public Subject subject() {
    return new Subject(subjectType, subjectId, subjectName);
  }

  /** Further facts as a JSON object. Never a secret. */
  public String details() {
    return details;
  }

  byte[] mac() {
    return mac;
  }
}
