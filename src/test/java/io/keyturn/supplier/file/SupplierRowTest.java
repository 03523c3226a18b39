package io.keyturn.supplier.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.access.LocationLimit;
import io.keyturn.csv.CsvFile;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.Address;
import io.keyturn.supplier.Category;
import io.keyturn.supplier.Contact;
import io.keyturn.supplier.CustomField;
import io.keyturn.supplier.Hold;
import io.keyturn.supplier.Identifier;
import io.keyturn.supplier.Reference;
import io.keyturn.supplier.SupplierData;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupplierRowTest {
  private static final UUID BERLIN = UUID.randomUUID();
  private static final UUID MUNICH = UUID.randomUUID();
  private static final UUID ADA = UUID.randomUUID();
  private static final UUID GONE = UUID.randomUUID();
  private static final FileReferences REFERENCES = references(new LocationLimit(List.of(BERLIN)));

  private static FileReferences references(LocationLimit limit) {
    return new FileReferences(
        limit,
        name -> Map.of("Berlin", BERLIN, "Munich", MUNICH).get(name),
        name -> null,
        id -> !id.equals(GONE),
        Map.of(
            "rate", CustomField.Type.NUMBER,
            "green", CustomField.Type.BOOLEAN,
            "since", CustomField.Type.DATE));
  }

  private static SupplierData after(SupplierData before, List<String> header, String... cells) {
    return after(REFERENCES, before, header, cells);
  }

  private static SupplierData after(
      FileReferences references, SupplierData before, List<String> header, String... cells) {
    return ImportHeader.of(header, references.customFields())
        .row(new CsvFile.Row(2, List.of(cells)), references)
        .onto(before);
  }

  private static SupplierData one(String column, String cell) {
    return after(SupplierData.EMPTY, List.of("name", column), "A", cell);
  }

  @Test
  void columnsMayStandInAnyOrderAndAreNamedAsPeopleNameThem() {
    SupplierData data =
        after(
            SupplierData.EMPTY,
            List.of("External ID", " NAME", "Postal-Code", "id", "status", ""),
            "E1",
            " A ",
            "10115",
            "left alone",
            "left alone",
            "");

    assertThat(data.externalId()).isEqualTo("E1");
    assertThat(data.name()).isEqualTo("A");
    assertThat(data.addresses()).extracting(Address::postalCode).containsExactly("10115");
  }

  @Test
  void cellOfAnySpaceIsEmpty() {
    SupplierRow row =
        ImportHeader.of(List.of("external_id", "number", "name"), Map.of())
            .row(new CsvFile.Row(2, List.of("\u00a0", "\u3000\ufeff", "\u00a0A")), REFERENCES);

    assertThat(row.externalId()).isNull();
    assertThat(row.number()).isNull();
    assertThat(row.onto(SupplierData.EMPTY).name()).isEqualTo("A");
  }

  @Test
  void ownerWhoIsGoneStaysWhereAllOthersAreNamed() {
    SupplierData before = one("owners", ADA + "\n" + GONE);

    assertThat(after(before, List.of("name", "owners"), "A", ADA.toString())).isEqualTo(before);
    assertThat(after(before, List.of("name"), "A")).isEqualTo(before);
    assertThat(after(before, List.of("name", "owners"), "A", "").owners()).isEmpty();
    assertThat(after(before, List.of("name", "owners"), "A", GONE.toString()).owners())
        .containsExactly(new Reference(GONE, null));
  }

  @Test
  void absentColumnStaysAndEmptyCellRemoves() {
    SupplierData before =
        after(
            SupplierData.EMPTY,
            List.of("number", "name", "currency", "tags", "hold_scope", "preferred", "city"),
            "1",
            "A",
            "EUR",
            "x\ny",
            "all",
            "ja",
            "Köln");

    assertThat(after(before, List.of("name"), "A")).isEqualTo(before);
    SupplierData after =
        after(
            before,
            List.of("number", "name", "currency", "tags", "hold_scope", "preferred", "city"),
            "",
            "A",
            "",
            "",
            "",
            "",
            "");
    assertThat(after.number()).as("the number stays").isEqualTo("1");
    assertThat(after.currency()).isNull();
    assertThat(after.tags()).isEmpty();
    assertThat(after.hold()).isNull();
    assertThat(after.preferred()).isFalse();
    assertThat(after.addresses()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"true, true", "WAHR, true", "Ja, true", "0, false", "Falsch, false", "no, false"})
  void flagMayBeAsSpreadsheetProgramsWriteIt(String cell, boolean flag) {
    assertThat(one("preferred", cell).preferred()).isEqualTo(flag);
    assertThat(one("custom_fields.green", cell).customFields()).containsEntry("green", flag);
  }

  @ParameterizedTest
  @CsvSource({"4.5", "'4,5'"})
  void numberMayHaveADecimalComma(String cell) {
    assertThat(one("risk_score", cell).scores())
        .hasFieldOrPropertyWithValue("risk", new BigDecimal("4.5"));
    assertThat(one("custom_fields.rate", cell).customFields())
        .containsEntry("rate", new BigDecimal("4.5"));
  }

  @Test
  void dayMayBeWrittenTheGermanWay() {
    assertThat(one("custom_fields.since", "3.1.2026").customFields())
        .containsEntry("since", "2026-01-03");
    assertThat(
            after(SupplierData.EMPTY, List.of("hold_scope", "hold_until"), "Payments", "31.12.2026")
                .hold())
        .isEqualTo(new Hold("payments", Instant.parse("2026-12-31T00:00:00Z"), null));
  }

  @ParameterizedTest
  @CsvSource({
    "1/31/2026, 2026-01-31",
    "31/01/2026, 2026-01-31",
    "12/31/2026, 2026-12-31",
    "5/5/2026, 2026-05-05",
    "1/2/2026, 1/2/2026",
    "1.31/2026, 1.31/2026",
  })
  void dayWithStrokesIsReadWhereAllReadItAlike(String cell, String day) {
    assertThat(one("custom_fields.since", cell).customFields()).containsEntry("since", day);
  }

  @Test
  void locationOutsideTheLimitIsKnownWhereTheSupplierHasIt() {
    List<String> header = List.of("name", "locations");
    SupplierData before =
        after(references(LocationLimit.NONE), SupplierData.EMPTY, header, "A", "Munich\nBerlin");

    assertThat(after(before, header, "A", "Berlin\nMunich")).isEqualTo(before);
    assertThat(after(before, header, "A", "Berlin").locations())
        .containsExactly(new Reference(BERLIN, null));
    assertThatThrownBy(() -> one("locations", "Munich"))
        .hasMessageContaining("does not know the name Munich");
  }

  @Test
  void listsStandOneEntryInALine() {
    assertThat(one("tags", "a\n\n b ").tags()).containsExactly("a", "b");
    assertThat(one("locations", "Berlin\r\nBerlin").locations())
        .containsExactly(new Reference(BERLIN, null), new Reference(BERLIN, null));
    assertThat(
            one("identifiers", "vat:DE136695976\ncompany_number:DE:HRB 1\npeppol:0204:1")
                .identifiers())
        .containsExactly(
            new Identifier("vat", "DE136695976", null),
            new Identifier("company_number", "HRB 1", "DE"),
            new Identifier("peppol", "0204:1", null));
    assertThat(one("categories", "cpv:60100000 | Road | rail\nown").categories())
        .containsExactly(
            new Category("cpv", "60100000", "Road | rail"), new Category(null, "own", null));
  }

  @Test
  void writtenListsAreReadWithoutLoss() {
    List<Category> categories =
        List.of(
            new Category("custom", "a | b", "c"),
            new Category("custom", "cpv:1", "cpv:1"),
            new Category("cpv", "60100000", "x: y"));
    assertThat(CellLists.categories(CellLists.ofCategories(categories))).isEqualTo(categories);
    List<Category> plain = categories.subList(2, 3);
    assertThat(CellLists.ofCategories(plain)).isEqualTo("cpv:60100000 | x: y");
    assertThat(CellLists.categories(CellLists.ofCategories(plain))).isEqualTo(plain);
    List<Identifier> identifiers =
        List.of(
            new Identifier("duns", "123456789", null),
            new Identifier("duns", "123456780", "DE"),
            new Identifier("peppol", "0204:A:B", "DE"));
    assertThat(CellLists.identifiers(CellLists.ofIdentifiers(identifiers))).isEqualTo(identifiers);
  }

  @Test
  void furtherEntriesAreJsonAndMaySayWhichIsPrimary() {
    SupplierData data =
        after(
            SupplierData.EMPTY,
            List.of("contact_name", "contact_phone", "further_contacts"),
            "Ada",
            "+49 30 1",
            "[{\"name\": \"Bob\", \"primary\": true}]");

    assertThat(data.contacts())
        .containsExactly(
            new Contact("Ada", null, "+49 30 1", null, null),
            new Contact("Bob", null, null, null, true));
    assertThat(after(data, List.of("contact_name"), "Eve").contacts())
        .containsExactly(
            new Contact("Eve", null, "+49 30 1", null, null),
            new Contact("Bob", null, null, null, true));
  }

  @ParameterizedTest
  @CsvSource({
    "preferred, perhaps, preferred",
    "risk_score, '1.234,5', risk_score",
    "hold_until, soon, hold_until",
    "locations, Paris, locations",
    "owners, Ada, owners",
    "identifiers, DE136695976, identifiers",
    "further_contacts, Bob, further_contacts",
    "further_contacts, '[[]]', further_contacts",
    "further_contacts, '[{\"nick\": \"B\"}]', further_contacts.nick",
    "description, kt_live_0123456789012345678901234567890123456789012345678, description",
  })
  void wrongCellIsNamedByItsColumn(String column, String cell, String field) {
    assertThatThrownBy(() -> one(column, cell))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.errors()).extracting(FieldError::field).containsExactly(field));
  }

  @Test
  void rowMayBeShorterThanTheHeader() {
    List<String> header = List.of("name", "city", "currency");
    SupplierData before = after(SupplierData.EMPTY, header, "A", "Köln", "EUR");

    assertThat(after(before, header, "B", "").currency()).isEqualTo("EUR");
    assertThat(after(before, header, "B", "").addresses()).isEmpty();
    assertThat(after(SupplierData.EMPTY, header, "B").name()).isEqualTo("B");
  }

  @Test
  void rowIsNotLongerThanTheHeader() {
    assertThatThrownBy(() -> after(SupplierData.EMPTY, List.of("name"), "A", "B"))
        .hasMessageContaining("cell 2");
  }

  @ParameterizedTest
  @CsvSource({
    "'name,colour,Size', 'unknown column: colour|unknown column: Size'",
    "'name,Name', 'the column name twice'",
    "'colour,id', 'names of columns in its first line'",
    "'name,custom_fields.unknown', 'unknown column: custom_fields.unknown'",
  })
  void wrongHeaderSaysAllThatIsWrong(String header, String messages) {
    assertThatThrownBy(() -> ImportHeader.of(List.of(header.split(",")), REFERENCES.customFields()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(String.join("|", e.errors().stream().map(FieldError::message).toList()))
                    .containsSubsequence(messages.split("\\|"))
                    .satisfies(
                        all -> assertThat(e.errors()).hasSize(messages.split("\\|").length)));
  }

  @Test
  void rowIsKnownAgainByWhatItSays() {
    ImportHeader header = ImportHeader.of(List.of("name", "city", "id"), Map.of());
    String digest = header.digest(new CsvFile.Row(2, List.of("A", "Köln", "x")));

    assertThat(
            ImportHeader.of(List.of("city", "name", "currency"), Map.of())
                .digest(new CsvFile.Row(7, List.of(" Köln", "A ", ""))))
        .isEqualTo(digest);
    assertThat(header.digest(new CsvFile.Row(2, List.of("A", "Bonn", "x")))).isNotEqualTo(digest);
    assertThat(header.digest(new CsvFile.Row(2, List.of("", "A", ""))))
        .isNotEqualTo(header.digest(new CsvFile.Row(2, List.of("A", "", ""))));
  }
}
