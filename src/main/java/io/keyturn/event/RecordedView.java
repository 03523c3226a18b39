package io.keyturn.event;

import io.keyturn.audit.AuditEventView;
import io.keyturn.json.JsonText;
import io.keyturn.organisation.OrganisationId;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An audit event as webhooks are sent it. */
@Schema(name = "RecordedEvent", description = "An event of the audit log.")
public record RecordedView(
    @Schema(
            examples = "evt_0b5a1d4c9c0e4b7f8d6e2a1b3c4d5e6f_123",
            description = "The same each time the event is told; not to be read.")
        String id,
    @Schema(enumeration = "audit.recorded") String type,
    @Schema(description = "When it happened.") Instant timestamp,
    AuditEventView data)
    implements Told {

  static RecordedView of(OrganisationId organisationId, AuditEventView event) {
    return new RecordedView(
        new EventId(organisationId, event.sequence()).toString(),
        EventType.AUDIT_RECORDED.code(),
        event.at(),
        event);
  }

  @Override
  public long sequence() {
    return data.sequence();
  }

  @Override
  public String json() {
    return JsonText.of(this);
  }
}
