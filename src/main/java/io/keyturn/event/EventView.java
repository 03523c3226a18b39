package io.keyturn.event;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.audit.AuditEventView;
import io.keyturn.json.JsonText;
import io.keyturn.json.RecordWriter;
import io.keyturn.organisation.OrganisationId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event as the API answers it and as webhooks are sent it. */
@Schema(name = "Event", description = "A change that others are told of. It never holds a secret.")
public record EventView(
    @Schema(
            examples = "evt_0b5a1d4c9c0e4b7f8d6e2a1b3c4d5e6f_123",
            description = "The same each time the event is told; not to be read.")
        String id,
    @Schema(examples = "api_key.refreshed", description = "What happened.") String type,
    @Schema(description = "When it happened.") Instant timestamp,
    Data data)
    implements Told {
  /** The detail that says where a supplier was before and after: ids with spaces between. */
  public static final String LOCATIONS = "locations";

  /** What happened in detail. */
  @Schema(name = "EventData")
  public record Data(
      @Schema(
              examples = "123",
              description = "Grows with each event of the organisation; there are gaps.")
          long sequence,
      Who actor,
      What object,
      @Schema(description = "Further facts, which depend on the type.")
          Map<String, String> details) {}

  /** Who did it. */
  @Schema(name = "EventActor", description = "Who did it.")
  public record Who(
      @Schema(examples = "person", description = "`person`, `api_key`, `operator` or `system`.")
          String type,
      @Schema(nullable = true) @Nullable UUID id,
      @Schema(description = "As it was then.") String name) {}

  /** What was changed. */
  @Schema(name = "EventObject", description = "What was changed.")
  public record What(
      @Schema(examples = "api_key") String type,
      @Schema(nullable = true) @Nullable UUID id,
      @Schema(description = "As it was then.") String name) {}

  @Override
  public long sequence() {
    return data.sequence();
  }

  @Override
  public String json() {
    return JsonText.of(this);
  }

  /**
   * The event of an audit event; nothing for an action that others are not told of, and for a
   * supplier that was beyond the reach before and after.
   */
  static Optional<EventView> of(Reach reach, AuditEventView event) {
    OrganisationId organisationId = reach.organisationId();
    return EventType.ofAction(event.action())
        .filter(type -> admitted(reach.locations(), type, event.details()))
        .map(
            type ->
                new EventView(
                    new EventId(organisationId, event.sequence()).toString(),
                    type.code(),
                    event.at(),
                    new Data(
                        event.sequence(),
                        new Who(event.actor().type(), event.actor().id(), event.actor().name()),
                        new What(
                            event.subject().type(), event.subject().id(), event.subject().name()),
                        event.details())));
  }

  /**
   * Whether a limit admits an event. A test of a webhook has no type: it tells of nothing, and
   * every limit admits it.
   *
   * @param code of the type
   * @param json the event as it was told: see {@link #json}
   */
  public static boolean admitted(LocationLimit limit, String code, String json) {
    EventType type = EventType.of(code).orElse(null);
    if (type == null || !limited(limit, type)) {
      return true;
    }
    JsonObject details = RecordWriter.object(json).getJsonObject("data").getJsonObject("details");
    return admitted(limit, type, Map.of(LOCATIONS, details.getString(LOCATIONS, "")));
  }

  private static boolean limited(LocationLimit limit, EventType type) {
    return limit.limited() && type.scope() == Scope.SUPPLIERS_READ;
  }

  /** An event that does not say where its supplier was is told to nobody with a limit. */
  private static boolean admitted(
      LocationLimit limit, EventType type, Map<String, String> details) {
    if (!limited(limit, type)) {
      return true;
    }
    String locations = details.getOrDefault(LOCATIONS, "");
    try {
      return !locations.isEmpty() && limit.admits(LocationLimit.parse(locations).ids());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
