package io.keyturn.console.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.supplier.RecordedActor;
import io.keyturn.supplier.SupplierChangeView;
import io.keyturn.supplier.SupplierChangeView.MemberChange;
import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MeanwhileTest {
  private static final RecordedActor ADA = new RecordedActor("person", UUID.randomUUID(), "Ada");
  private static final RecordedActor ERP = new RecordedActor("api_key", UUID.randomUUID(), "ERP");

  private static SupplierChangeView change(
      RecordedActor actor, String action, MemberChange... members) {
    return new SupplierChangeView(2, Instant.EPOCH, action, actor, null, List.of(members));
  }

  private static final SupplierChangeView CHANGED =
      change(
          ERP,
          "changed",
          new MemberChange("currency", Json.createValue("EUR"), Json.createValue("USD")),
          new MemberChange("payment_terms", null, Json.createValue("Net 30")),
          new MemberChange("tags", JsonValue.EMPTY_JSON_ARRAY, JsonValue.EMPTY_JSON_ARRAY));

  @Test
  void changeIsToldWithWhoDidItAndWhat() {
    assertThat(Meanwhile.sentence(CHANGED, "today"))
        .isEqualTo(
            "The API key \"ERP\" changed currency from \"EUR\" to \"USD\", payment terms from"
                + " nothing to \"Net 30\", tags (today).");
    assertThat(Meanwhile.sentence(change(ADA, "archived"), "today"))
        .isEqualTo("Ada archived it (today).");
    assertThat(Meanwhile.sentence(change(ADA, "submitted"), "today"))
        .isEqualTo("Ada submitted it for approval (today).");
  }

  @Test
  void fieldTellsTheLatestChangeOfItsMember() {
    SupplierChangeView later =
        change(
            ADA, "changed", new MemberChange("name", Json.createValue("A"), Json.createValue("B")));

    assertThat(Meanwhile.atField("currency", List.of(later, CHANGED)))
        .isEqualTo(
            "Changed meanwhile by the API key \"ERP\" to \"USD\". Save again to keep what you"
                + " entered here.");
    assertThat(Meanwhile.atField("tags", List.of(CHANGED)))
        .isEqualTo(
            "Changed meanwhile by the API key \"ERP\". Save again to keep what you entered here.");
    assertThat(Meanwhile.atField("industry", List.of()))
        .isEqualTo("Changed meanwhile. Save again to keep what you entered here.");
  }
}
