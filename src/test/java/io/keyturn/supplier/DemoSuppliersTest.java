package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import java.time.Instant;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DemoSuppliersTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123456Z");
  private static final DemoSuppliers DEMO =
      new DemoSuppliers(new OrganisationId(new UUID(1, 2)), RecordedActor.of(Actor.SYSTEM), NOW);
  private static final List<Supplier> SUPPLIERS = DEMO.suppliers(1, 500);

  @Test
  void theSameOrganisationAndTimeGiveTheSameSuppliers() {
    List<Supplier> again =
        new DemoSuppliers(new OrganisationId(new UUID(1, 2)), RecordedActor.of(Actor.SYSTEM), NOW)
            .suppliers(1, 500);

    assertThat(again)
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(SUPPLIERS);
  }

  @Test
  void anotherOrganisationHasTheSameNamesUnderOtherIds() {
    List<Supplier> other =
        new DemoSuppliers(new OrganisationId(new UUID(3, 4)), RecordedActor.of(Actor.SYSTEM), NOW)
            .suppliers(1, 500);

    assertThat(other).extracting(Supplier::name).isEqualTo(names());
    assertThat(other)
        .extracting(Supplier::id)
        .doesNotContainAnyElementsOf(SUPPLIERS.stream().map(Supplier::id).toList());
  }

  private static List<String> names() {
    return SUPPLIERS.stream().map(Supplier::name).toList();
  }

  @Test
  void numbersAndIdsAreUniqueAndSomeNamesAreNot() {
    assertThat(SUPPLIERS).extracting(Supplier::number).doesNotHaveDuplicates();
    assertThat(SUPPLIERS).extracting(Supplier::id).doesNotHaveDuplicates();
    assertThat(new HashSet<>(names())).hasSizeBetween(480, 499);
    assertThat(SUPPLIERS.get(122).number()).isEqualTo("S-000123");
  }

  @Test
  void threeQuartersAreActiveAndEachStatusOccurs() {
    assertThat(SUPPLIERS.stream().filter(s -> s.status() == SupplierStatus.ACTIVE).count())
        .isBetween(350L, 400L);
    assertThat(SUPPLIERS).extracting(Supplier::status).contains(SupplierStatus.values());
    assertThat(SUPPLIERS)
        .extracting(s -> s.data().onboardingStatus())
        .contains("not_started", "in_progress", "to_review", "completed");
    assertThat(SUPPLIERS).extracting(s -> s.data().type()).contains("company", "individual");
  }

  @Test
  void countriesAndCurrenciesExist() {
    Set<String> countries = Set.of(Locale.getISOCountries());
    assertThat(SUPPLIERS)
        .allMatch(s -> s.country() == null || countries.contains(s.country()))
        .anyMatch(s -> s.country() == null);
    assertThat(SUPPLIERS).allMatch(s -> Currency.getInstance(s.data().currency()) != null);
    assertThat(SUPPLIERS.stream().map(Supplier::country).distinct()).hasSizeGreaterThan(5);
    assertThat(SUPPLIERS.stream().map(s -> s.data().currency()).distinct()).hasSizeGreaterThan(4);
  }

  @Test
  void timesLieInThePastAndInOrder() {
    assertThat(SUPPLIERS)
        .allMatch(
            s -> !s.record().createdAt().isAfter(s.updatedAt()) && !s.updatedAt().isAfter(NOW));
  }

  @Test
  void mostAreAtTheFirstLocationsAndFewAtNone() {
    List<UUID> locations = DEMO.locations().stream().map(Location::id).toList();
    List<Long> counts =
        locations.stream()
            .map(
                id ->
                    SUPPLIERS.stream()
                        .filter(s -> s.data().locations().contains(new Reference(id, null)))
                        .count())
            .toList();

    assertThat(counts.get(0)).isGreaterThan(3 * counts.get(7)).isGreaterThan(150);
    assertThat(counts.get(7)).isPositive();
    assertThat(SUPPLIERS.stream().filter(s -> s.data().locations().isEmpty()).count())
        .isBetween(5L, 50L);
  }

  @Test
  void awkwardNamesAreAmongThem() {
    assertThat(names())
        .anyMatch(
            name ->
                name.codePoints()
                    .anyMatch(
                        c ->
                            Character.getDirectionality(c)
                                == Character.DIRECTIONALITY_RIGHT_TO_LEFT))
        .anyMatch(
            name ->
                name.codePoints()
                    .anyMatch(
                        c ->
                            Character.getDirectionality(c)
                                == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC))
        .anyMatch(name -> name.codePoints().anyMatch(Character::isIdeographic))
        .anyMatch(name -> name.startsWith("="))
        .anyMatch(name -> name.contains("ß"));
  }

  @Test
  void domainsAreForExamples() {
    assertThat(SUPPLIERS)
        .allMatch(s -> ("" + s.data().contacts().get(0).email()).endsWith(".example"))
        .allMatch(s -> s.data().website() == null || s.data().website().endsWith(".example"));
  }

  @Test
  void eachHasCategoriesAndUpToThreeLocations() {
    assertThat(SUPPLIERS).allMatch(s -> !s.data().categories().isEmpty());
    assertThat(SUPPLIERS)
        .allSatisfy(
            s ->
                assertThat(s.data().locations())
                    .hasSizeBetween(0, 3)
                    .extracting(Reference::id)
                    .doesNotHaveDuplicates()
                    .isSubsetOf(DEMO.locations().stream().map(Location::id).toList()));
  }

  @Test
  void eachIsAsAPersonCouldHaveWrittenIt() {
    assertThat(SUPPLIERS)
        .allSatisfy(
            s ->
                assertThat(SupplierCheck.of(SupplierData.EMPTY, s.data(), Map.of()))
                    .isEqualTo(s.data()));
    assertThat(SUPPLIERS.stream().flatMap(s -> s.data().identifiers().stream()))
        .isNotEmpty()
        .doesNotHaveDuplicates();
  }
}
