package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Reach;
import io.keyturn.event.EventType;
import io.keyturn.event.EventView;
import io.keyturn.organisation.OrganisationId;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OwnerRightsTest {
  private static final UUID BERLIN = UUID.randomUUID();
  private static final UUID MUNICH = UUID.randomUUID();

  private static boolean read(LocationLimit limit, String type, Map<String, String> details) {
    Set<EventType> types =
        EnumSet.complementOf(
            EnumSet.range(EventType.API_KEY_CREATED, EventType.API_KEY_RENEWAL_SWITCHED_OFF));
    Reach reach = new Reach(new OrganisationId(UUID.randomUUID()), limit);
    return new OwnerRights(types, reach).read(delivery(type, details));
  }

  private static WebhookDelivery delivery(String type, Map<String, String> details) {
    EventView event =
        new EventView(
            "evt_1",
            type,
            Instant.EPOCH,
            new EventView.Data(
                1,
                new EventView.Who("person", null, "Ada"),
                new EventView.What("supplier", null, "Acme"),
                details));
    return new WebhookDelivery(WebhookTest.failing(), event, 1L, Instant.EPOCH);
  }

  @Test
  void ownerReadsEventsOfTheirScopesAndTests() {
    assertThat(read(LocationLimit.NONE, "supplier.created", Map.of())).isTrue();
    assertThat(read(LocationLimit.NONE, "webhook.test", Map.of())).isTrue();
    assertThat(read(LocationLimit.NONE, "api_key.created", Map.of())).isFalse();
  }

  @Test
  void ownerWithALimitReadsSuppliersOfTheirLocations() {
    LocationLimit berlin = new LocationLimit(List.of(BERLIN));
    String both = MUNICH + " " + BERLIN;

    assertThat(read(berlin, "supplier.created", Map.of(EventView.LOCATIONS, both))).isTrue();
    assertThat(read(berlin, "supplier.created", Map.of(EventView.LOCATIONS, MUNICH.toString())))
        .isFalse();
    assertThat(read(berlin, "supplier.created", Map.of())).isFalse();
    assertThat(read(berlin, "webhook.disabled", Map.of())).isTrue();
    for (String others :
        List.of(
            "location.created",
            "location.renamed",
            "department.created",
            "department.renamed",
            "custom_field.created")) {
      assertThat(read(berlin, others, Map.of())).as(others).isFalse();
      assertThat(read(LocationLimit.NONE, others, Map.of())).as(others).isTrue();
    }
    assertThat(read(berlin, "webhook.test", Map.of())).isTrue();
  }
}
