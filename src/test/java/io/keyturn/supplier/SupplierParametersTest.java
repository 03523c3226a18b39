package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupplierParametersTest {

  private static SupplierParameters status(@Nullable String status) {
    return new SupplierParameters(status, null, null, null, null);
  }

  private static SupplierParameters country(String country) {
    return new SupplierParameters(null, null, country, null, null);
  }

  private static SupplierParameters text(String text) {
    return new SupplierParameters(null, null, null, text, null);
  }

  private static SupplierParameters sort(String sort) {
    return new SupplierParameters(null, null, null, null, sort);
  }

  @Test
  void defaultIsActiveOnesByName() {
    assertThat(new SupplierParameters().filter())
        .isEqualTo(
            new SupplierFilter(SupplierStatus.ACTIVE, null, null, null, SupplierSort.DEFAULT));
    assertThat(SupplierSort.DEFAULT.list()).isEqualTo("suppliers/name");
  }

  @ParameterizedTest
  @EnumSource(SupplierStatus.class)
  void eachStatusIsKnownByItsCode(SupplierStatus status) {
    assertThat(status(status.code()).filter().status()).isEqualTo(status);
  }

  @Test
  void statusAllIsNoCondition() {
    assertThat(status("all").filter().status()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ACTIVE", "Active", "active,rejected", "deleted", " active"})
  void otherStatusIs422(String status) {
    assertRefused("status", status(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"DE", "ZW", "US", "de", "Fi"})
  void countryIsTakenByItsCodeInAnyCase(String country) {
    assertThat(country(country).filter().country()).isEqualTo(country.toUpperCase(Locale.ROOT));
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
  @ValueSource(strings = {"", "a\u0000b", "a\nb", "\u007f"})
  void emptyTextAndControlCharactersAre422(String text) {
    assertRefused("q", text(text));
  }

  @ParameterizedTest
  @MethodSource("declaredSorts")
  void eachDeclaredSortIsKnown(String sort) {
    assertThat(sort(sort).filter().sort().list()).isEqualTo("suppliers/" + sort);
  }

  static Stream<String> declaredSorts() {
    return declared("sort");
  }

  private static Stream<String> declared(String field) {
    try {
      return Arrays.stream(
          SupplierParameters.class
              .getDeclaredField(field)
              .getAnnotation(Parameter.class)
              .schema()
              .enumeration());
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everySortAndStatusIsDeclared() {
    List<String> codes =
        Arrays.stream(SupplierSort.Column.values()).map(SupplierSort.Column::code).toList();
    assertThat(declared("sort"))
        .containsExactlyInAnyOrderElementsOf(
            codes.stream().flatMap(code -> Stream.of(code, "-" + code)).toList());
    assertThat(declared("status"))
        .containsExactlyElementsOf(
            Stream.concat(
                    Arrays.stream(SupplierStatus.values()).map(SupplierStatus::code),
                    Stream.of("all"))
                .toList());
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
