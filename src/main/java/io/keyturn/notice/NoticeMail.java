package io.keyturn.notice;

import io.keyturn.access.PersonId;
import io.keyturn.mail.Sent;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A mail of one or several notices to a person. It is claimed before it is sent. A node that is
 * killed in between leaves it claimed, and nobody sends it again: it may have arrived.
 */
@Entity
class NoticeMail {
  /** How long to wait after each failed attempt; after the last wait there is a last attempt. */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(8));

  /** What became of a mail. */
  enum State {
    /** It is to be sent. */
    WAITING,
    /** A node sends it, or was killed while it did. */
    SENDING,
    /** The mail server has accepted it. */
    SENT,
    /** The mail server has refused it at each attempt. */
    FAILED,
    /** The mail server may have accepted it. */
    UNCERTAIN,
    /** There was nothing left to tell. */
    EMPTY
  }

  @Id private UUID id;
  private OrganisationId organisationId;
  private PersonId userId;
  private @Nullable String digestOn;

  @Enumerated(EnumType.STRING)
  private State state;

  private int attempts;
  private Instant plannedAt;
  private @Nullable Instant dueAt;

  protected NoticeMail() {}

  /**
   * A mail to send at a time.
   *
   * @param digestOn the day of a digest; null for a mail at once
   */
  NoticeMail(
      OrganisationId organisationId,
      PersonId userId,
      @Nullable String digestOn,
      Instant plannedAt) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    this.userId = userId;
    this.digestOn = digestOn;
    this.state = State.WAITING;
    this.plannedAt = plannedAt;
    this.dueAt = plannedAt;
  }

  UUID id() {
    return id;
  }

  PersonId userId() {
    return userId;
  }

  boolean digest() {
    return digestOn != null;
  }

  /** Whether further notices may join it: a mail that was tried once stays as it is. */
  boolean open() {
    return state == State.WAITING && attempts == 0;
  }

  /** Whether it is to be sent now. */
  boolean due(Instant now) {
    return state == State.WAITING && dueAt != null && !dueAt.isAfter(now);
  }

  /** Takes it for the one attempt that follows. */
  void claim() {
    state = State.SENDING;
    attempts++;
    dueAt = null;
  }

  /** Closes it unsent. */
  void empty() {
    state = State.EMPTY;
    dueAt = null;
  }

  /** Records the attempt. Only a mail that was certainly not accepted is sent again. */
  void record(Sent outcome, Instant now) {
    switch (outcome) {
      case SENT -> state = State.SENT;
      case UNCERTAIN -> state = State.UNCERTAIN;
      default -> {
        if (attempts > WAITS.size()) {
          state = State.FAILED;
        } else {
          state = State.WAITING;
          dueAt = now.plus(WAITS.get(attempts - 1));
        }
      }
    }
  }
}
