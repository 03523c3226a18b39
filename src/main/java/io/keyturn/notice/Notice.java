package io.keyturn.notice;

import io.keyturn.organisation.OrganisationId;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What people of an organisation are told of, once for all of them. It never changes. */
@Entity
class Notice {
  /** Kept, because {@link Json} searches its provider at each call. */
  private static final JsonBuilderFactory WRITER = Json.createBuilderFactory(Map.of());

  private static final JsonReaderFactory READER = Json.createReaderFactory(Map.of());

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
    this.subjectName = news.subjectName();
    JsonObjectBuilder json = WRITER.createObjectBuilder();
    news.facts().forEach(json::add);
    this.facts = json.build().toString();
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
    try (var reader = READER.createReader(new StringReader(facts))) {
      reader
          .readObject()
          .forEach((name, value) -> read.put(name, ((JsonString) value).getString()));
    }
    return read;
  }
}
