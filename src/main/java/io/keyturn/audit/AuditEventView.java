package io.keyturn.audit;

import io.keyturn.json.RecordWriter;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An audit event as the API answers it. */
@Schema(name = "AuditEvent", description = "Something that was done.")
public record AuditEventView(
    @Schema(examples = "123", description = "1, 2, 3 … within the organisation, without gaps.")
        long sequence,
    Instant at,
    @Schema(examples = "API_KEY_REFRESHED", description = "What happened, in the past tense.")
        String action,
    ActorView actor,
    SubjectView subject,
    @Schema(description = "Further facts, which depend on the action.")
        Map<String, String> details) {

  /** Who did it. */
  @Schema(name = "AuditActor", description = "Who did it.")
  public record ActorView(
      @Schema(examples = "person", description = "`person`, `api_key`, `operator` or `system`.")
          String type,
      @Schema(nullable = true) @Nullable UUID id,
      @Schema(description = "As it was then.") String name,
      @Schema(nullable = true, description = "The network address it came from.")
          @Nullable String address) {}

  /** What it was done to. */
  @Schema(name = "AuditSubject", description = "What it was done to.")
  public record SubjectView(
      @Schema(examples = "api_key") String type,
      @Schema(nullable = true) @Nullable UUID id,
      @Schema(description = "As it was then.") String name) {}

  static AuditEventView of(AuditEvent event) {
    Subject subject = event.subject().shown();
    return new AuditEventView(
        event.sequence(),
        event.at(),
        event.action(),
        new ActorView(
            event.actorType().toLowerCase(Locale.ROOT),
            event.actorId(),
            event.actorName(),
            event.address()),
        new SubjectView(subject.type(), subject.id(), subject.name()),
        details(event.details()));
  }

  /**
   * Details that somebody else wrote into the database need not be JSON, and must still be shown.
   */
  private static Map<String, String> details(String json) {
    Map<String, String> details = new TreeMap<>();
    try {
      RecordWriter.object(json)
          .forEach(
              (name, value) ->
                  details.put(
                      name, value instanceof JsonString s ? s.getString() : value.toString()));
    } catch (JsonException e) {
      details.put("unreadable", json);
    }
    return details;
  }

  /** The cursor of this event in the list of an organisation. */
  public Cursor place(OrganisationId organisationId) {
    return new Cursor(AuditLog.LIST, Long.toString(sequence), organisationId.value());
  }
}
