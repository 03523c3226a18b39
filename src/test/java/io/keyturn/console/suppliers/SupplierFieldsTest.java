package io.keyturn.console.suppliers;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.json.RecordReader;
import io.keyturn.json.RecordWriter;
import io.keyturn.supplier.Address;
import io.keyturn.supplier.Contact;
import io.keyturn.supplier.CustomFieldView;
import io.keyturn.supplier.Hold;
import io.keyturn.supplier.Identifier;
import io.keyturn.supplier.Reference;
import io.keyturn.supplier.Scores;
import io.keyturn.supplier.SupplierData;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SupplierFieldsTest {
  private static final UUID BERLIN = UUID.randomUUID();
  private static final SupplierFields.Frame FRAME =
      new SupplierFields.Frame(
          List.of(
              new CustomFieldView(UUID.randomUUID(), "green", "Green", "boolean", List.of()),
              new CustomFieldView(UUID.randomUUID(), "rate", "Rate", "number", List.of())),
          Set.of("locations", "departments"),
          ZoneId.of("Europe/Berlin"));
  private static final SupplierData STORED =
      new SupplierData(
          "S-1",
          "E1",
          "Nordwind",
          null,
          "company",
          null,
          "One\nTwo",
          null,
          null,
          new Hold("payments", Instant.parse("2036-01-01T00:00:30Z"), null),
          true,
          List.of("sea", "freight"),
          Map.of("rate", new BigDecimal("4.5"), "green", true),
          List.of(new Reference(BERLIN, "Berlin")),
          List.of(),
          List.of(),
          List.of(
              new Address("registered", List.of("A", "B"), "Köln", null, null, "DE", false),
              new Address("postal", List.of(), "Bern", null, null, "CH", true)),
          List.of(new Contact("Ada", null, null, null, true)),
          List.of(new Identifier("vat", "DE136695976", "DE")),
          List.of(),
          null,
          "EUR",
          null,
          new Scores(new BigDecimal("4.5"), null, null));

  private static SupplierFields fields(SupplierData data) {
    return SupplierFields.of(RecordWriter.write(data), FRAME);
  }

  private static EntryRows rows(SupplierFields fields, String list) {
    return Objects.requireNonNull(fields.getLists().get(list));
  }

  private static SupplierData after(SupplierFields fields) {
    return fields.patch().onto(STORED, SupplierData.class);
  }

  @Test
  void formThatNobodyTouchedChangesNothing() {
    SupplierFields fields = fields(STORED);
    fields.getTexts().put("description", "One\r\nTwo");

    assertThat(fields.changed()).isEmpty();
    assertThat(after(fields)).isEqualTo(STORED);
  }

  @Test
  void onlyWhatWasChangedIsWritten() {
    SupplierFields fields = fields(STORED);
    fields.getTexts().put("currency", " CHF ");
    fields.getScores().put("risk", "2,5");
    fields.getCustom().put("green", "");
    fields.getHold().put("reason", "A dispute");
    fields.setTags("sea, , air");
    fields.setLocations(List.of());

    SupplierData after = after(fields);

    assertThat(fields.changed())
        .containsExactlyInAnyOrder(
            "currency", "scores", "custom_fields", "hold", "tags", "locations");
    assertThat(after.currency()).isEqualTo("CHF");
    assertThat(after.scores())
        .isEqualTo(new Scores(new BigDecimal("4.5"), new BigDecimal("2.5"), null));
    assertThat(after.customFields()).isEqualTo(Map.of("rate", new BigDecimal("4.5")));
    assertThat(after.hold())
        .as("to the second, which the field does not show")
        .isEqualTo(new Hold("payments", Instant.parse("2036-01-01T00:00:30Z"), "A dispute"));
    assertThat(after.tags()).containsExactly("sea", "air");
    assertThat(after.locations()).isEmpty();
  }

  @Test
  void tagWithACommaStaysWhole() {
    SupplierData stored =
        RecordReader.read(
            SupplierData.class,
            RecordWriter.object("{\"name\": \"x\", \"tags\": [\"sea, air\", \"a\\\\\"]}"));
    SupplierFields fields = fields(stored);

    assertThat(fields.getTags()).isEqualTo("sea\\, air, a\\\\");
    assertThat(fields.changed()).isEmpty();
    fields.setTags(fields.getTags() + ", rail");
    assertThat(fields.data().tags()).containsExactly("sea, air", "a\\", "rail");
  }

  @Test
  void timeIsEnteredInTheReadersZone() {
    SupplierFields fields = fields(STORED);
    assertThat(fields.getHold()).containsEntry("until", "2036-01-01T01:00");
    fields.getHold().put("until", "2036-07-01T12:00");

    assertThat(after(fields).hold())
        .isEqualTo(new Hold("payments", Instant.parse("2036-07-01T10:00:00Z"), null));
  }

  @Test
  void rowsAreAddedAndRemovedAndEmptyRowsDoNotCount() {
    SupplierFields fields = fields(STORED);
    EntryRows addresses = rows(fields, "addresses");
    assertThat(addresses.getPrimary()).isEqualTo(1);
    addresses.remove(0);
    assertThat(addresses.getPrimary()).isZero();
    addresses.add();
    addresses.add();
    addresses.getRows().get(2).put("city", "Wien");
    addresses.choosePrimary(2);
    addresses.choosePrimary(9);

    assertThat(after(fields).addresses())
        .containsExactly(
            new Address("postal", List.of(), "Bern", null, null, "CH", false),
            new Address("registered", List.of(), "Wien", null, null, null, true));
    assertThat(fields.fieldId("addresses[1].postal_code")).isEqualTo("addresses:2:postal-code");
  }

  @Test
  void eachMemberOfTheApiHasItsField() {
    SupplierFields fields = fields(STORED);

    assertThat(
            List.of(
                    "legal_name",
                    "tags[3]",
                    "locations[0].id",
                    "identifiers[0]",
                    "contacts[0].job_title",
                    "addresses[0].lines",
                    "custom_fields.green",
                    "custom_fields.rate",
                    "hold.until",
                    "scores.risk")
                .stream()
                .map(fields::fieldId))
        .containsExactly(
            "legal-name",
            "tags",
            "locations",
            "identifiers:0:value",
            "contacts:0:job-title",
            "addresses:0:lines",
            "custom:0:value",
            "custom:1:text",
            "hold-until",
            "scores-risk");
  }

  @Test
  void whatWasEnteredIsKeptOverWhatOthersHaveChanged() {
    SupplierFields mine = fields(STORED);
    mine.getTexts().put("currency", "CHF");
    rows(mine, "contacts").getRows().get(0).put("name", "Grace");
    mine.getScores().put("risk", "1");
    SupplierFields theirs = fields(STORED);
    theirs.getScores().put("performance", "3");
    theirs.getTexts().put("currency", "USD");
    theirs.getTexts().put("industry", "Transport");
    SupplierFields now = fields(after(theirs));

    Set<String> both = now.keep(mine);

    assertThat(both).containsExactly("currency", "scores");
    assertThat(now.changed()).containsExactly("contacts", "currency", "scores");
    assertThat(now.getTexts()).containsEntry("industry", "Transport");
    SupplierData saved = now.patch().onto(after(theirs), SupplierData.class);
    assertThat(saved.currency()).isEqualTo("CHF");
    assertThat(saved.industry()).isEqualTo("Transport");
    assertThat(saved.scores())
        .isEqualTo(new Scores(new BigDecimal("3"), new BigDecimal("1"), null));
    assertThat(saved.contacts()).extracting(Contact::name).containsExactly("Grace");
  }

  @Test
  void newSupplierHasWhatWasEntered() {
    SupplierFields fields = new SupplierFields(FRAME);
    fields.getTexts().put("name", "New");
    rows(fields, "identifiers").add();
    rows(fields, "identifiers").getRows().get(0).put("value", "DE136695976");

    SupplierData data = fields.data();

    assertThat(data.name()).isEqualTo("New");
    assertThat(data.hold()).isNull();
    assertThat(data.identifiers()).containsExactly(new Identifier("vat", "DE136695976", null));
  }
}
