package io.keyturn.supplier.file;

import io.keyturn.audit.Actor;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.supplier.SupplierBatch.Outcome;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A file of suppliers that was sent, and how far it is done. It acts as whoever sent it. */
@Entity
public class SupplierImport {
  private static final int MOST_FAILURES = 10;

  @Id private UUID id;
  private OrganisationId organisationId;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private State state;

  private @Nullable String reason;
  private boolean dryRun;
  private @Nullable String fileName;
  private String separator;
  private String header;
  private int rowsTotal;
  private int rowsCreated;
  private int rowsUpdated;
  private int rowsUnchanged;
  private int rowsRejected;
  private int pieces;
  private int nextPiece;
  private int failures;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private Actor.Type actorType;

  private UUID actorId;
  private String actorName;
  private @Nullable String address;
  private Instant createdAt;
  private @Nullable Instant startedAt;
  private Instant touchedAt;
  private @Nullable Instant finishedAt;

  /** How far it is. */
  public enum State {
    /** The file still arrives. */
    RECEIVING,
    /** The file is there, and somebody looks at its first rows. */
    WAITING,
    QUEUED,
    RUNNING,
    COMPLETED,
    /** It has ended before all rows were read, and does not go on. */
    STOPPED
  }

  protected SupplierImport() {}

  SupplierImport(
      OrganisationId organisationId,
      @Nullable String fileName,
      char separator,
      List<String> header,
      Actor actor,
      Instant now) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    this.state = State.RECEIVING;
    this.fileName = fileName;
    this.separator = String.valueOf(separator);
    this.header = PieceText.write(header);
    this.actorType = actor.type();
    this.actorId = Objects.requireNonNull(actor.id());
    this.actorName = actor.name();
    this.address = actor.address();
    this.createdAt = now;
    this.touchedAt = now;
  }

  /** Ends the file, which waits until somebody starts it. */
  void hold(int rows, int inPieces, Instant now) {
    state = State.WAITING;
    rowsTotal = rows;
    pieces = inPieces;
    touchedAt = now;
  }

  /** It is to be worked at. */
  void queue(boolean dry, Instant now) {
    state = State.QUEUED;
    dryRun = dry;
    touchedAt = now;
  }

  /** Counts what became of the rows of the next piece. */
  void done(Collection<Outcome> outcomes, Instant now) {
    if (state == State.QUEUED) {
      state = State.RUNNING;
      startedAt = now;
    }
    rowsCreated += Collections.frequency(outcomes, Outcome.CREATED);
    rowsUpdated += Collections.frequency(outcomes, Outcome.UPDATED);
    rowsUnchanged += Collections.frequency(outcomes, Outcome.UNCHANGED);
    rowsRejected += Collections.frequency(outcomes, Outcome.REJECTED);
    nextPiece++;
    failures = 0;
    touchedAt = now;
    if (nextPiece == pieces) {
      state = State.COMPLETED;
      finishedAt = now;
    }
  }

  /** Ends it before its time. */
  void stop(String why, Instant now) {
    state = State.STOPPED;
    reason = why;
    touchedAt = now;
    finishedAt = now;
  }

  /**
   * Notes that its next piece could not be written.
   *
   * @return whether it should not be tried again
   */
  boolean failed(Instant now) {
    failures++;
    touchedAt = now;
    return failures >= MOST_FAILURES;
  }

  UUID id() {
    return id;
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  State state() {
    return state;
  }

  /** Whether nothing more will come of it. */
  boolean finished() {
    return finishedAt != null;
  }

  @Nullable String reason() {
    return reason;
  }

  boolean dryRun() {
    return dryRun;
  }

  @Nullable String fileName() {
    return fileName;
  }

  char separator() {
    return separator.charAt(0);
  }

  /** The names of the columns, as the file has them. */
  List<String> header() {
    return PieceText.texts(header);
  }

  int rowsTotal() {
    return rowsTotal;
  }

  int rowsRead() {
    return rowsCreated + rowsUpdated + rowsUnchanged + rowsRejected;
  }

  int rowsCreated() {
    return rowsCreated;
  }

  int rowsUpdated() {
    return rowsUpdated;
  }

  int rowsUnchanged() {
    return rowsUnchanged;
  }

  int rowsRejected() {
    return rowsRejected;
  }

  int nextPiece() {
    return nextPiece;
  }

  /** As whom it acts. */
  Actor actor() {
    return new Actor(actorType, actorId, actorName, address);
  }

  Instant createdAt() {
    return createdAt;
  }

  @Nullable Instant startedAt() {
    return startedAt;
  }

  @Nullable Instant finishedAt() {
    return finishedAt;
  }

  /** As the audit log names it. */
  Subject subject() {
    return new Subject("supplier_import", id, fileName == null ? id.toString() : fileName);
  }
}
