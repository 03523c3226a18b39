package io.keyturn.notice;

import io.keyturn.database.ColumnText;
import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import io.keyturn.organisation.OrganisationId;
import jakarta.json.JsonString;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people of an organisation are told of, once for all of them. It never changes. */
@Entity
class Notice {
  /** The column has so many. The audit log, from which names come, has longer names. */
  private static final int NAME = 254;

  @Id private UUID id;
  private OrganisationId organisationId;

  @Enumerated(EnumType.STRING)
  private NoticeKind kind;

  private String cause;
  private Instant at;
  private @Nullable UUID subjectId;
  private String subjectName;
  private String facts;

  protected Notice() {}

  Notice(OrganisationId organisationId, News news) {
    this.id = UUID.randomUUID();
    this.organisationId = organisationId;
    this.kind = news.kind();
    this.cause = news.cause();
    this.at = news.at();
    this.subjectId = news.subjectId();
    this.subjectName = ColumnText.cut(news.subjectName(), NAME);
    this.facts = JsonText.dense(news.facts());
  }

  UUID id() {
    return id;
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  NoticeKind kind() {
    return kind;
  }

  /** What it is about: the same cause is told once. */
  String cause() {
    return cause;
  }

  Instant at() {
    return at;
  }

  @Nullable UUID subjectId() {
    return subjectId;
  }

  String subjectName() {
    return subjectName;
  }

  Map<String, String> facts() {
    Map<String, String> read = new TreeMap<>();
    RecordWriter.object(facts)
        .forEach((name, value) -> read.put(name, ((JsonString) value).getString()));
    return read;
  }
}
