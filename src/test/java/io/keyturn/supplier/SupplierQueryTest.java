package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupplierQueryTest {
  private static final int COUNT = 500;
  private static final SupplierFilter ALL = filter(null, null, null, "name");
  private static final Paging EVERYTHING = new Paging(COUNT, null, false);

  private static DemoDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database = new DemoDatabase("jdbc:h2:mem:suppliers;DB_CLOSE_DELAY=-1", "keyturn", COUNT);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static SupplierFilter filter(
      @Nullable SupplierStatus status,
      @Nullable String country,
      @Nullable String text,
      String sort) {
    return new SupplierFilter(
        status, null, country, text, SupplierSort.of(sort).orElseThrow(AssertionError::new));
  }

  private static List<Supplier> page(
      SupplierFilter filter, @Nullable UUID location, Paging paging) {
    return database.with(
        em -> new SupplierQuery(em, DemoDatabase.ORGANISATION, filter, location).page(paging));
  }

  private static List<Supplier> all(SupplierFilter filter) {
    return page(filter, null, EVERYTHING);
  }

  private static long count(SupplierFilter filter) {
    return database.with(
        em -> new SupplierQuery(em, DemoDatabase.ORGANISATION, filter, null).count());
  }

  static Stream<String> sorts() {
    return SupplierParametersTest.declaredSorts();
  }

  @ParameterizedTest
  @MethodSource("sorts")
  void pagesOfEachSortTogetherAreTheWholeListInItsOrder(String sort) {
    SupplierFilter filter = filter(null, null, null, sort);
    List<UUID> paged = new ArrayList<>();
    Cursor after = null;
    do {
      Paging paging = new Paging(7, after, false);
      List<Supplier> read = page(filter, null, paging);
      paging.cut(read).forEach(s -> paged.add(s.id()));
      String next = paging.page(read, filter.sort()::behind, null).nextCursor();
      after = next == null ? null : Cursor.decode(next, filter.sort().list());
    } while (after != null);

    assertThat(paged)
        .hasSize(COUNT)
        .containsExactlyElementsOf(all(filter).stream().map(Supplier::id).toList());
  }

  @Test
  void reverseSortIsTheReverse() {
    for (SupplierSort.Column column : SupplierSort.Column.values()) {
      List<Supplier> down = new ArrayList<>(all(filter(null, null, null, "-" + column.code())));
      Collections.reverse(down);
      assertThat(down)
          .extracting(Supplier::id)
          .isEqualTo(
              all(filter(null, null, null, column.code())).stream().map(Supplier::id).toList());
    }
  }

  @Test
  void sortsFollowWhatTheyAreNamedAfter() {
    assertThat(all(ALL))
        .extracting(s -> s.name().toLowerCase(Locale.ROOT))
        .isSortedAccordingTo(Comparator.naturalOrder());
    assertThat(all(filter(null, null, null, "number"))).extracting(Supplier::number).isSorted();
    assertThat(all(filter(null, null, null, "created_at")))
        .extracting(Supplier::createdAt)
        .isSorted();
    assertThat(all(filter(null, null, null, "updated_at")))
        .extracting(Supplier::updatedAt)
        .isSorted();
  }

  @Test
  void statusesTogetherAreAll() {
    long sum = 0;
    for (SupplierStatus status : SupplierStatus.values()) {
      SupplierFilter filter = filter(status, null, null, "name");
      assertThat(all(filter)).isNotEmpty().allMatch(s -> s.status() == status);
      sum += count(filter);
    }

    assertThat(sum).isEqualTo(COUNT).isEqualTo(count(ALL));
  }

  @Test
  void countryIsThatOfEach() {
    assertThat(all(filter(null, "PL", null, "name")))
        .isNotEmpty()
        .allMatch(s -> s.country().equals("PL"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s-000042", "S-000042", "RMANY", "nordWIND l", "gmbh", "erp-40001"})
  void textIsFoundInWhateverCase(String text) {
    Set<String> expected = new HashSet<>();
    for (Supplier s : all(ALL)) {
      if (Stream.of(s.name(), s.number(), String.valueOf(s.legalName()), "" + s.externalId())
          .anyMatch(t -> t.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))) {
        expected.add(s.number());
      }
    }

    assertThat(all(filter(null, null, text, "name")))
        .extracting(Supplier::number)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "!", "\\", "'", "S-00004_", "%nord%"})
  void wildcardsAreOrdinaryCharacters(String text) {
    assertThat(all(filter(null, null, text, "name"))).isEmpty();
  }

  @Test
  void locationIsOneOfEach() {
    UUID berlin = named("berlin");
    List<Supplier> found = page(ALL, berlin, EVERYTHING);

    assertThat(found).isNotEmpty().hasSizeLessThan(COUNT);
    var locations =
        database.with(em -> query(em).ofSuppliers(found.stream().map(Supplier::id).toList()));
    assertThat(locations)
        .hasSameSizeAs(found)
        .allSatisfy((id, views) -> assertThat(views).contains(new LocationView(berlin, "Berlin")));
  }

  private static LocationQuery query(EntityManager em) {
    return new LocationQuery(em, DemoDatabase.ORGANISATION);
  }

  private static UUID named(String location) {
    return database.with(em -> query(em).named(location));
  }

  @Test
  void locationIsNamedByItsIdOrItsNameInWhateverCase() {
    UUID id = named("Zürich");

    assertThat(named("ZÜRICH")).isEqualTo(id);
    assertThat(named(id.toString())).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Zurich", "Ber", "Berlin ", "\u0000", "00000000-0000-0000-0000-000000000000"})
  void unknownLocationIs422(String name) {
    assertRefused("location", () -> named(name));
  }

  @Test
  void locationOfAnotherOrganisationIs422() {
    UUID foreign =
        database.with(em -> new LocationQuery(em, DemoDatabase.OTHER_ORGANISATION).named("Berlin"));

    assertRefused("location", () -> named(foreign.toString()));
  }

  private static void assertRefused(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.errors().get(0).field()).isEqualTo(field));
  }

  @Test
  void locationsArePagedByName() {
    Paging first = new Paging(5, null, false);
    List<Location> read = database.with(em -> query(em).page(Search.ALL, first));
    Paging second = new Paging(5, LocationQuery.behind(read.get(4)), false);
    List<String> names = new ArrayList<>();
    first.cut(read).forEach(l -> names.add(l.name()));
    database.with(em -> query(em).page(Search.ALL, second)).forEach(l -> names.add(l.name()));

    assertThat(names).isEqualTo(DemoWords.LOCATIONS).last().isEqualTo("Zürich");
    assertThat(database.<Long>with(em -> query(em).count(Search.ALL))).isEqualTo(8);
  }

  @Test
  void cursorWithoutASortValueIs422() {
    for (String sort : List.of("name", "created_at")) {
      SupplierFilter filter = filter(null, null, null, sort);
      for (String value :
          List.of("xyz", "a", "+1000000000-12-31T23:59:59Z", "0001-01-01T00:00:00Z")) {
        Cursor forged = new Cursor(filter.sort().list(), value, new UUID(1, 1));
        assertRefused("cursor", () -> page(filter, null, new Paging(5, forged, false)));
      }
    }
  }

  @Test
  void anyPageTakesTwoQueries() {
    database.statements();
    database.with(
        em -> {
          List<Supplier> read =
              new SupplierQuery(em, DemoDatabase.ORGANISATION, ALL, null)
                  .page(new Paging(200, null, false));
          return query(em).ofSuppliers(read.stream().map(Supplier::id).toList());
        });

    assertThat(database.statements()).isEqualTo(2);
  }
}
