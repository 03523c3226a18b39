package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.json.MergePatch;
import io.keyturn.json.RecordReader;
import io.keyturn.json.RecordWriter;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may be written of a supplier, from the JSON that is sent to what is stored. */
class SupplierCheckTest {
  private static final Map<String, CustomField> FIELDS =
      Map.of(
          "cost_centre", field("cost_centre", CustomField.Type.NUMBER),
          "since", field("since", CustomField.Type.DATE),
          "audited", field("audited", CustomField.Type.BOOLEAN),
          "note", field("note", CustomField.Type.TEXT),
          "size", field("size", CustomField.Type.CHOICE, "small", "large"));

  private static CustomField field(String name, CustomField.Type type, String... choices) {
    return new CustomField(new OrganisationId(new UUID(1, 2)), name, name, type, List.of(choices));
  }

  static SupplierData named(String name) {
    return SupplierCheck.of(SupplierData.EMPTY, read("{\"name\": \"" + name + "\"}"), Map.of());
  }

  static SupplierData at(List<Reference> locations) {
    return read(
        locations.stream()
            .map(location -> "{\"id\": \"" + location.id() + "\"}")
            .collect(Collectors.joining(",", "{\"name\": \"x\", \"locations\": [", "]}")));
  }

  private static SupplierData read(String json) {
    return RecordReader.read(SupplierData.class, RecordWriter.object(json));
  }

  private static SupplierData checked(String json) {
    return SupplierCheck.of(SupplierData.EMPTY, read(json), FIELDS);
  }

  private static List<String> wrong(String members) {
    ProblemException refused =
        catchThrowableOfType(
            ProblemException.class, () -> checked("{\"name\": \"x\", " + members + "}"));
    assertThat(refused).as(members).isNotNull();
    assertThat(refused.type().status()).isEqualTo(422);
    return refused.errors().stream().map(FieldError::field).toList();
  }

  @Test
  void nameIsComposedAndTrimmed() {
    assertThat(named("\u00a0 Zu\u0308rich AG\u3000").name()).isEqualTo("Zürich AG");
  }

  @Test
  void choiceIsComposedAndTrimmed() {
    Map<String, CustomField> city =
        Map.of("city", field("city", CustomField.Type.CHOICE, "Zürich", "Bern"));
    SupplierData sent =
        read("{\"name\": \"x\", \"custom_fields\": {\"city\": \"\u00a0Zu\u0308rich\u3000\"}}");

    assertThat(SupplierCheck.of(SupplierData.EMPTY, sent, city).customFields())
        .isEqualTo(Map.of("city", "Zürich"));
  }

  @Test
  void nameMustBeGiven() {
    for (String json : List.of("{}", "{\"name\": null}", "{\"name\": \" \\u3000\"}")) {
      ProblemException refused = catchThrowableOfType(ProblemException.class, () -> checked(json));
      assertThat(refused.messageAt("name")).contains("must be given");
    }
  }

  @Test
  void restIsEmptyByItself() {
    SupplierData data = named("x");

    assertThat(data.type()).isEqualTo("company");
    assertThat(data.preferred()).isFalse();
    assertThat(data.onboardingStatus()).isNull();
    assertThat(data.scores()).isNull();
    assertThat(data.addresses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"type\": \"shop\" | type",
        "\"onboarding_status\": \"invited\" | onboarding_status",
        "\"hold\": {\"scope\": \"some\"} | hold.scope",
        "\"hold\": {\"reason\": \"x\"} | hold.scope",
        "\"website\": \"javascript:alert(1)\" | website",
        "\"website\": \"https://user@host.example\" | website",
        "\"website\": \"https://user@müller.example\" | website",
        "\"website\": \"https://müller..example\" | website",
        "\"website\": \"https://müller_.example\" | website",
        "\"website\": \"https://müller.example:port\" | website",
        "\"website\": \"ftp://müller.example\" | website",
        "\"website\": \"https:müller.example\" | website",
        "\"language\": \"xx\" | language",
        "\"currency\": \"EURO\" | currency",
        "\"currency\": \"DEM\" | currency",
        "\"currency\": \"BGN\" | currency",
        "\"currency\": \"XTS\" | currency",
        "\"currency\": \"XXX\" | currency",
        "\"scores\": {\"risk\": 5.1} | scores.risk",
        "\"scores\": {\"risk\": 1.25} | scores.risk",
        "\"scores\": {\"risk\": -1} | scores.risk",
        "\"addresses\": [{\"country\": \"XX\"}] | addresses[0].country",
        "\"addresses\": [{\"country\": \"DE\", \"region\": \"FR-75\"}] | addresses[0].region",
        "\"addresses\": [{\"type\": \"home\"}] | addresses[0].type",
        "\"contacts\": [{\"name\": \"A\"}, {\"email\": \"a@b.example\"}] | contacts[1].name",
        "\"contacts\": [{\"name\": \"A\", \"email\": \"no\"}] | contacts[0].email",
        "\"contacts\": [{\"name\": \"A\", \"phone\": \"call me\"}] | contacts[0].phone",
        "\"identifiers\": [{\"scheme\": \"iban\", \"value\": \"1\"}] | identifiers[0].scheme",
        "\"identifiers\": [{\"scheme\": \"lei\", \"value\": \"1\"}] | identifiers[0].value",
        "\"identifiers\": [{\"scheme\": \"tax_id\", \"value\": \"12\"}] | identifiers[0].country",
        "\"identifiers\": [{\"scheme\": \"vat\", \"value\": \"DE136695976\", \"country\": \"FR\"}] | identifiers[0].country",
        "\"categories\": [{\"scheme\": \"cpv\", \"code\": \"6010\"}] | categories[0].code",
        "\"categories\": [{\"scheme\": \"unspsc\", \"code\": \"601\"}] | categories[0].code",
        "\"categories\": [{\"scheme\": \"custom\"}] | categories[0].code",
        "\"locations\": [{\"name\": \"Berlin\"}] | locations[0].id",
        "\"tags\": [\"a\\nb\"] | tags[0]",
        "\"legal_name\": \"a\\u0000b\" | legal_name",
        "\"legal_name\": \"a\\ud800b\" | legal_name",
        "\"custom_fields\": {\"unknown\": 1} | custom_fields.unknown",
        "\"custom_fields\": {\"cost_centre\": \"1\"} | custom_fields.cost_centre",
        "\"custom_fields\": {\"since\": \"31.1.2026\"} | custom_fields.since",
        "\"custom_fields\": {\"audited\": \"yes\"} | custom_fields.audited",
        "\"custom_fields\": {\"size\": \"medium\"} | custom_fields.size",
        "\"custom_fields\": {\"note\": [1]} | custom_fields.note",
        "\"status\": \"active\" | status",
        "\"id\": null | id",
        "\"addresses\": [{\"owner\": 1}] | addresses[0].owner"
      })
  void wrongMemberIsNamed(String members, String field) {
    assertThat(wrong(members)).containsExactly(field);
  }

  @Test
  void everyWrongMemberIsNamedAtOnce() {
    assertThat(
            wrong(
                "\"currency\": \"EURO\", \"language\": \"xx\", \"number\": \""
                    + "9".repeat(51)
                    + "\""))
        .containsExactly("number", "language", "currency");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://nordwind.example",
        "http://nordwind.example:8080/de?a=b",
        "https://müller.example",
        "https://müller.example:8443/über-uns",
        "https://例え.example",
        "https://xn--mller-kva.example",
        "https://[2001:db8::1]/"
      })
  void websiteHasAHostOfAnyLanguage(String website) {
    assertThat(checked("{\"name\": \"x\", \"website\": \"" + website + "\"}").website())
        .isEqualTo(website);
  }

  @Test
  void exactlyOneAddressIsPrimaryAndGivesTheCountry() {
    List<Address> addresses =
        checked(
                """
                {"name": "x", "addresses": [{"country": "de"}, {"country": "FR", "primary": true},
                 {"country": "IT", "primary": true}]}""")
            .addresses();

    assertThat(addresses).extracting(Address::primary).containsExactly(false, true, false);
    assertThat(SupplierLists.country(addresses)).isEqualTo("FR");
    assertThat(addresses.get(0).country()).isEqualTo("DE");
    assertThat(checked("{\"name\":\"x\",\"addresses\":[{},{}]}").addresses())
        .extracting(Address::primary)
        .containsExactly(true, false);
  }

  @Test
  void doublesAreDropped() {
    SupplierData data =
        checked(
            """
            {"name": "x", "tags": ["Café", "CAFE", "b"],
             "categories": [{"scheme": "cpv", "code": "60100000-9"}, {"scheme": "cpv", "code": "60100000"}],
             "identifiers": [{"scheme": "vat", "value": "DE 136695976"}, {"scheme": "vat", "value": "de136695976"}]}""");

    assertThat(data.tags()).containsExactly("Café", "b");
    assertThat(data.categories()).containsExactly(new Category("cpv", "60100000", "60100000"));
    assertThat(data.identifiers()).containsExactly(new Identifier("vat", "DE136695976", "DE"));
  }

  @Test
  void customFieldsAreOfTheirTypes() {
    assertThat(
            checked(
                    """
                    {"name": "x", "custom_fields": {"cost_centre": 1.50, "since": "2026-01-31",
                     "audited": false, "note": " a ", "size": "large"}}""")
                .customFields())
        .isEqualTo(
            Map.of(
                "cost_centre",
                new BigDecimal("1.5"),
                "since",
                "2026-01-31",
                "audited",
                false,
                "note",
                "a",
                "size",
                "large"));
  }

  /** A supplier that passed the check of an earlier version. */
  private static SupplierData stored(String members) {
    return read("{\"name\": \"x\", \"type\": \"company\", \"preferred\": false, " + members + "}");
  }

  @Test
  void currencyOfEarlierRulesStaysUntilItIsChanged() {
    SupplierData before = stored("\"currency\": \"DEM\"");

    assertThat(patched(before, "{\"industry\": \"i\"}").currency()).isEqualTo("DEM");
    assertThat(patched(before, "{\"currency\": \"EUR\"}").currency()).isEqualTo("EUR");
  }

  @Test
  void currenciesInUseAreOffered() {
    assertThat(ReferenceLists.CURRENCIES)
        .extracting(EntryView::id)
        .contains("EUR", "CHF", "USD", "CLF", "XDR")
        .doesNotContain("DEM", "ATS", "BGN", "HRK", "XTS", "XXX")
        .allMatch(Currencies.CODES::contains);
  }

  @Test
  void identifierOfEarlierRulesStaysUntilItIsChanged() {
    for (Identifier old :
        List.of(
            new Identifier("vat", "HELLO1", "HE"),
            new Identifier("vat", "EU372000063", "EU"),
            new Identifier("vat", "GR094259216", "GR"))) {
      SupplierData before = stored("\"identifiers\": [" + RecordWriter.write(old) + "]");

      assertThat(patched(before, "{}")).isEqualTo(before);
      assertThat(patched(before, "{\"currency\": \"EUR\"}").identifiers()).containsExactly(old);
      assertThat(
              patched(
                      before,
                      "{\"identifiers\": [{\"scheme\": \"duns\", \"value\": \"150483782\"},"
                          + " {\"scheme\": \"vat\", \"value\": \""
                          + old.value()
                          + "\"}]}")
                  .identifiers())
          .containsExactly(new Identifier("duns", "150483782", null), old);
    }
    assertThat(wrong("\"identifiers\": [{\"scheme\": \"vat\", \"value\": \"HELLO1\"}]"))
        .containsExactly("identifiers[0].value");
    assertThat(
            checked(
                    "{\"name\": \"x\", \"identifiers\":"
                        + " [{\"scheme\": \"vat\", \"value\": \"EU372000063\"}]}")
                .identifiers())
        .containsExactly(new Identifier("vat", "EU372000063", null));
  }

  private static SupplierData patched(SupplierData before, String patch) {
    return SupplierCheck.of(
        before,
        new MergePatch(RecordWriter.object(patch)).onto(before, SupplierData.class),
        FIELDS);
  }

  @Test
  void patchChangesWhatItNamesAndNothingElse() {
    SupplierData before =
        checked(
            """
            {"name": "x", "currency": "EUR", "tags": ["a", "b"], "scores": {"risk": 2},
             "hold": {"scope": "all", "reason": "why"}, "custom_fields": {"note": "n", "audited": true}}""");

    SupplierData after =
        patched(
            before,
            """
            {"currency": null, "tags": ["c"], "scores": {"performance": 4.5}, "hold": {"reason": null},
             "custom_fields": {"note": null}}""");

    assertThat(after.name()).isEqualTo("x");
    assertThat(after.currency()).isNull();
    assertThat(after.tags()).containsExactly("c");
    assertThat(after.scores())
        .isEqualTo(new Scores(new BigDecimal("4.5"), new BigDecimal("2.0"), null));
    assertThat(after.hold()).isEqualTo(new Hold("all", null, null));
    assertThat(after.customFields()).isEqualTo(Map.of("audited", true));
    assertThat(patched(after, "{}")).isEqualTo(after);
    assertThat(patched(after, "{\"hold\": null}").hold()).isNull();
  }

  @Test
  void rowGivesBackWhatWasWritten() {
    SupplierData data =
        checked(
            """
                {"name": "x", "number": "7", "external_id": "E", "type": "individual",
                 "website": "https://a.example", "description": "a\\nb", "language": "pt-br",
                 "onboarding_status": "to_review",
                 "hold": {"scope": "payments", "until": "2027-01-01T00:00:00Z"}, "preferred": true,
                 "tags": ["a", "b"], "custom_fields": {"cost_centre": 100, "audited": true},
                 "locations": [{"id": "00000000-0000-0001-0000-000000000002"}],
                 "addresses": [{"lines": ["a", "b"], "country": "DE", "region": "de-be"}],
                 "contacts": [{"name": "A", "email": "a@b.example", "phone": "+49 30 901820"}],
                 "identifiers": [{"scheme": "duns", "value": "150483782"}],
                 "categories": [{"code": "k", "label": "K"}], "industry": "i", "currency": "chf",
                 "payment_terms": "Net 30", "scores": {"performance": 5, "risk": 0}}""");
    Supplier supplier =
        new Supplier(
            UUID.randomUUID(),
            new OrganisationId(new UUID(1, 2)),
            data,
            new RecordedActor("api_key", new UUID(3, 4), "ERP"),
            DemoDatabase.NOW);

    assertThat(supplier.data()).isEqualTo(data);
    assertThat(supplier.country()).isEqualTo("DE");
    assertThat(supplier.record().creator())
        .isEqualTo(new RecordedActor("api_key", new UUID(3, 4), "ERP"));
  }
}
