package io.keyturn.supplier.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.CommaList;
import io.keyturn.supplier.SupplierField;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.SupplierSort;
import io.keyturn.supplier.SupplierStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupplierParametersTest {

  private static SupplierParameters of(String name, @Nullable String value) {
    return new SupplierParameters(value == null ? Map.of() : Map.of(name, value));
  }

  private static SupplierParameters status(@Nullable String status) {
    return of("status", status);
  }

  private static SupplierParameters country(String country) {
    return of("country", country);
  }

  private static SupplierParameters text(String text) {
    return of("q", text);
  }

  private static SupplierParameters sort(String sort) {
    return of("sort", sort);
  }

  @Test
  void defaultIsActiveOnesByName() {
    SupplierFilter none = new SupplierParameters().filter();
    assertThat(none.statuses()).containsExactly(SupplierStatus.ACTIVE);
    assertThat(none.sort()).isEqualTo(SupplierSort.DEFAULT);
    assertThat(none.text()).isNull();
    assertThat(none.locations()).isEmpty();
    assertThat(SupplierSort.DEFAULT.list()).isEqualTo("suppliers/name");
  }

  @ParameterizedTest
  @EnumSource(SupplierStatus.class)
  void eachStatusIsKnownByItsCode(SupplierStatus status) {
    assertThat(status(status.code()).filter().statuses()).containsExactly(status);
  }

  @Test
  void statusAllIsNoCondition() {
    assertThat(status("all").filter().statuses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ACTIVE", "Active", "active,", "deleted", "active,all"})
  void otherStatusIs422(String status) {
    assertRefused("status", status(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE", "ZW", "US", "de", "Fi"})
  void countryIsTakenByItsCodeInAnyCase(String country) {
    assertThat(country(country).filter().countries())
        .containsExactly(country.toUpperCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "XX", "DEU", "D", "Germany"})
  void otherCountryIs422(String country) {
    assertRefused("country", country(country));
  }

  @Test
  void textMayHave100CharactersOfAnyPlane() {
    assertThat(text("🎉".repeat(100)).filter().text()).isEqualTo("🎉".repeat(100));
    assertRefused("q", text("🎉".repeat(101)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \u3000", "\u0301", "a\u0000b", "a\nb", "\u007f"})
  void emptyTextAndControlCharactersAre422(String text) {
    assertRefused("q", text(text));
  }

  @Test
  void valuesAreComposedAndTrimmedAsTheyAreStored() {
    assertThat(text("\u00a0Nordwind ").filter().text()).isEqualTo("Nordwind");
    assertThat(of("external_id", "Cafe\u0301\u00a0, b").filter().externalIds())
        .containsExactly("Café", "b");
    assertThat(of("industry", "Ba\u0308cker").filter().industries()).containsExactly("Bäcker");
  }

  @ParameterizedTest
  @MethodSource("declaredSorts")
  void eachDeclaredSortIsKnown(String sort) {
    assertThat(sort(sort).filter().sort().list()).isEqualTo("suppliers/" + sort);
  }

  static Stream<String> declaredSorts() {
    try {
      return Arrays.stream(
          SupplierParameters.class
              .getDeclaredField("sort")
              .getAnnotation(Parameter.class)
              .schema()
              .enumeration());
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void commaIsOr() {
    SupplierFilter filter =
        new SupplierParameters(Map.of("status", "active,rejected", "country", "de,AT")).filter();

    assertThat(filter.statuses())
        .containsExactlyInAnyOrder(SupplierStatus.ACTIVE, SupplierStatus.REJECTED);
    assertThat(filter.countries()).containsExactly("DE", "AT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Agriculture\\, forestry and fishing | Agriculture, forestry and fishing",
        "a\\,b,c | a,b;c",
        "a\\\\,b | a\\;b",
        "a\\\\\\,b | a\\,b",
        "a\\b, c\\ | a\\b;c\\"
      })
  void backslashBeforeACommaKeepsItInTheValue(String text, String values) {
    assertThat(of("industry", text).filter().industries()).containsExactly(values.split(";"));
    assertThat(of("industry", CommaList.write(List.of(values.split(";")))).filter().industries())
        .containsExactly(values.split(";"));
  }

  @ParameterizedTest
  @CsvSource({
    "owner,me",
    "onboarding_status,invited",
    "currency,EURO",
    "preferred,yes",
    "on_hold,1",
    "identifier,DE136695976",
    "identifier,vat:DE136695977",
    "identifier,iban:DE136695976",
    "created_since,yesterday",
    "updated_since,2026-01-01",
    "updated_since,1900-01-01T00:00:00Z",
    "tag,''",
    "tag,'a,,b'"
  })
  void wrongValueIsNamed(String name, String value) {
    assertRefused(name, of(name, value));
  }

  @Test
  void identifierIsFoundInEachSpelling() {
    assertThat(of("identifier", "vat:de 136.695.976").filter().identifiers())
        .containsExactly("vat:DE136695976");
    assertThat(of("identifier", "company_number:de:HRB 1234").filter().identifiers())
        .containsExactly("company!_number:DE:HRB1234");
    assertThat(of("identifier", "company_number:HRB1234").filter().identifiers())
        .containsExactly("company!_number:__:HRB1234");
  }

  @Test
  void fieldsAreTheIdAndWhatIsNamed() {
    assertThat(FilterValues.fields("name,addresses"))
        .containsExactlyInAnyOrder(SupplierField.ID, SupplierField.NAME, SupplierField.ADDRESSES);
    assertThat(FilterValues.fields(null))
        .contains(SupplierField.NAME, SupplierField.LOCATIONS)
        .doesNotContain(SupplierField.ADDRESSES, SupplierField.DESCRIPTION);
    assertThatThrownBy(() -> FilterValues.fields("name,secret"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "--name", "+name", "NAME", "status", "name,number", "name desc"})
  void otherSortIs422(String sort) {
    assertRefused("sort", sort(sort));
  }

  private static void assertRefused(String field, SupplierParameters parameters) {
    assertThatThrownBy(parameters::filter)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type().status()).isEqualTo(422);
              assertThat(e.errors().get(0).field()).isEqualTo(field);
            });
  }
}
