package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.supplier.rest.SupplierParameters;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SupplierQueryTest {
  private static final int COUNT = 500;
  private static final SupplierFilter ALL = filter();
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

  /** With these values by the names of the parameters, and suppliers of all statuses. */
  private static SupplierFilter filter(String... namesAndValues) {
    Map<String, String> values = new HashMap<>(Map.of("status", "all"));
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return new SupplierParameters(values).filter();
  }

  private static List<SupplierRecord> page(SupplierFilter filter, Paging paging) {
    return database.with(
        em ->
            new SupplierQuery(em, Reach.all(DemoDatabase.ORGANISATION), filter, DemoDatabase.NOW)
                .page(paging));
  }

  private static List<SupplierRecord> all(SupplierFilter filter) {
    return page(filter, EVERYTHING);
  }

  private static long count(SupplierFilter filter) {
    return database.with(
        em ->
            new SupplierQuery(em, Reach.all(DemoDatabase.ORGANISATION), filter, DemoDatabase.NOW)
                .count());
  }

  static Stream<String> sorts() {
    return Stream.of(SupplierSort.Column.values())
        .flatMap(column -> Stream.of(column.code(), "-" + column.code()));
  }

  @ParameterizedTest
  @MethodSource("sorts")
  void pagesOfEachSortTogetherAreTheWholeListInItsOrder(String sort) {
    SupplierFilter filter = filter("sort", sort);
    List<UUID> paged = new ArrayList<>();
    Cursor after = null;
    do {
      Paging paging = new Paging(7, after, false);
      List<SupplierRecord> read = page(filter, paging);
      paging.cut(read).forEach(s -> paged.add(s.id()));
      String next = paging.page(read, filter.sort()::behind, null).nextCursor();
      after = next == null ? null : Cursor.decode(next, filter.sort().list());
    } while (after != null);

    assertThat(paged)
        .hasSize(COUNT)
        .containsExactlyElementsOf(all(filter).stream().map(SupplierRecord::id).toList());
  }

  @Test
  void reverseSortIsTheReverse() {
    for (SupplierSort.Column column : SupplierSort.Column.values()) {
      List<SupplierRecord> down = new ArrayList<>(all(filter("sort", "-" + column.code())));
      Collections.reverse(down);
      assertThat(down)
          .extracting(SupplierRecord::id)
          .isEqualTo(all(filter("sort", column.code())).stream().map(SupplierRecord::id).toList());
    }
  }

  @Test
  void sortsFollowWhatTheyAreNamedAfter() {
    assertThat(all(ALL))
        .extracting(s -> Names.fold(s.name()))
        .isSortedAccordingTo(Comparator.naturalOrder());
    assertThat(all(filter("sort", "number"))).extracting(SupplierRecord::number).isSorted();
    assertThat(all(filter("sort", "created_at"))).extracting(SupplierRecord::createdAt).isSorted();
    assertThat(all(filter("sort", "updated_at"))).extracting(SupplierRecord::updatedAt).isSorted();
  }

  @Test
  void statusesTogetherAreAll() {
    long sum = 0;
    for (SupplierStatus status : SupplierStatus.values()) {
      SupplierFilter filter = filter("status", status.code());
      assertThat(all(filter)).isNotEmpty().allMatch(s -> s.status() == status);
      sum += count(filter);
    }

    assertThat(sum).isEqualTo(COUNT).isEqualTo(count(ALL));
  }

  @Test
  void countryIsThatOfEach() {
    assertThat(all(filter("country", "PL"))).isNotEmpty().allMatch(s -> "PL".equals(s.country()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s-000042", "S-000042", "KLAUDER & w", "logisticS", "gmbh", "erp-40001"})
  void textIsFoundInWhateverCase(String text) {
    Set<String> expected = new HashSet<>();
    for (SupplierRecord s : all(ALL)) {
      if (Stream.of(s.name(), s.number(), "" + s.data().legalName(), "" + s.data().externalId())
          .anyMatch(t -> t.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT)))) {
        expected.add(s.number());
      }
    }

    assertThat(all(filter("q", text)))
        .extracting(SupplierRecord::number)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "_", "!", "\\", "'--", "S-00004_", "%nord%"})
  void wildcardsAreOrdinaryCharacters(String text) {
    assertThat(all(filter("q", text))).isEmpty();
  }

  @Test
  void locationIsOneOfEach() {
    UUID berlin = named("berlin");
    List<SupplierRecord> found = all(filter("location", "BERLIN,Madrid"));

    assertThat(found).isNotEmpty().hasSizeLessThan(COUNT);
    assertThat(all(filter("location", berlin.toString())))
        .isNotEmpty()
        .allMatch(s -> s.data().locations().contains(new Reference(berlin, null)))
        .hasSizeLessThan(found.size());
  }

  @Test
  void limitedReachHasOnlyWhatIsAtItsLocations() {
    UUID madrid = named("Madrid");
    Reach reach = new Reach(DemoDatabase.ORGANISATION, LocationLimit.to(List.of(madrid)));

    List<SupplierRecord> seen =
        database.with(em -> new SupplierQuery(em, reach, ALL, DemoDatabase.NOW).page(EVERYTHING));
    long counted = database.with(em -> new SupplierQuery(em, reach, ALL, DemoDatabase.NOW).count());

    assertThat(seen)
        .isNotEmpty()
        .extracting(SupplierRecord::id)
        .isEqualTo(all(filter("location", "Madrid")).stream().map(SupplierRecord::id).toList());
    assertThat(counted).isEqualTo(seen.size()).isLessThan(COUNT);
    Set<UUID> ids = new HashSet<>();
    seen.forEach(s -> ids.add(s.id()));
    SupplierRecord elsewhere =
        all(ALL).stream().filter(s -> !ids.contains(s.id())).findFirst().orElseThrow();
    assertThat(database.<Boolean>with(em -> sees(em, reach, elsewhere))).isFalse();
    assertThat(database.<Boolean>with(em -> sees(em, reach, seen.get(0)))).isTrue();
    assertRefused(
        "location",
        () ->
            database.with(em -> new UnitQuery<>(em, reach, UnitKind.LOCATION).named("Amsterdam")));
  }

  @Test
  void limitedReachWritesAtItsLocationsOnly() {
    Reach reach = new Reach(DemoDatabase.ORGANISATION, LocationLimit.to(List.of(named("Madrid"))));
    SupplierData own = at("Madrid");
    SupplierData both = at("Madrid", "Berlin");

    database.with(
        em -> {
          SupplierReach within = new SupplierReach(em, reach);
          within.check(null, own);
          within.check(both, both);
          assertNotAllowed(() -> within.check(null, at()));
          assertNotAllowed(() -> within.check(null, both));
          assertNotAllowed(() -> within.check(own, both));
          assertNotAllowed(() -> within.check(both, own));
          assertNotAllowed(() -> within.check(both, at("Berlin")));
          new SupplierReach(em, Reach.all(DemoDatabase.ORGANISATION)).check(own, at());
          return true;
        });
  }

  private static SupplierData at(String... locations) {
    return SupplierCheckTest.at(
        Stream.of(locations).map(name -> new Reference(named(name), null)).toList());
  }

  private static void assertNotAllowed(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.type()).isEqualTo(ProblemType.LOCATION_NOT_ALLOWED));
  }

  private static UnitQuery<Location> query(EntityManager em) {
    return new UnitQuery<>(em, Reach.all(DemoDatabase.ORGANISATION), UnitKind.LOCATION);
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
        database.with(
            em ->
                new UnitQuery<>(em, Reach.all(DemoDatabase.OTHER_ORGANISATION), UnitKind.LOCATION)
                    .named("Berlin"));

    assertRefused("location", () -> named(foreign.toString()));
  }

  private static void assertRefused(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.errors().get(0).field()).isEqualTo(field));
  }

  private static Cursor place(Location location) {
    return database.with(em -> query(em).behind(location));
  }

  @Test
  void locationsArePagedByName() {
    Paging first = new Paging(5, null, false);
    List<Location> read = database.with(em -> query(em).page(Search.ALL, first));
    Paging second = new Paging(5, place(read.get(4)), false);
    List<String> names = new ArrayList<>();
    first.cut(read).forEach(l -> names.add(l.name()));
    database.with(em -> query(em).page(Search.ALL, second)).forEach(l -> names.add(l.name()));

    assertThat(names)
        .isEqualTo(DemoWords.LOCATIONS.stream().sorted().toList())
        .last()
        .isEqualTo("Zürich");
    assertThat(database.<Long>with(em -> query(em).count(Search.ALL))).isEqualTo(8);
  }

  @Test
  void cursorWithoutASortValueIs422() {
    for (String sort : List.of("name", "created_at")) {
      SupplierFilter filter = filter("sort", sort);
      for (String value :
          List.of("xyz", "a", "+1000000000-12-31T23:59:59Z", "0001-01-01T00:00:00Z")) {
        Cursor forged = new Cursor(filter.sort().list(), value, new UUID(1, 1));
        assertRefused("cursor", () -> page(filter, new Paging(5, forged, false)));
      }
    }
  }

  @Test
  void filtersFindWhatTheyAreNamedAfter() {
    SupplierRecord any =
        all(filter("tag", "LOCAL")).stream()
            .filter(s -> !s.data().identifiers().isEmpty())
            .findFirst()
            .orElseThrow();
    SupplierData data = any.data();
    String gln = "" + data.identifiers().get(0).value();
    String category = "" + data.categories().get(0).code();
    String currency = "" + data.currency();

    assertThat(all(filter("tag", "lócal")))
        .anyMatch(s -> s.id().equals(any.id()))
        .allMatch(s -> has(s, "local"));
    assertThat(all(filter("identifier", "gln:" + gln)))
        .extracting(SupplierRecord::id)
        .containsExactly(any.id());
    assertThat(all(filter("q", gln))).extracting(SupplierRecord::id).containsExactly(any.id());
    assertThat(all(filter("category", category.substring(0, 2))))
        .anyMatch(s -> s.id().equals(any.id()))
        .allMatch(
            s ->
                s.data().categories().stream()
                    .anyMatch(c -> ("" + c.code()).startsWith(category.substring(0, 2))));
    assertThat(all(filter("category", "custom:" + category)))
        .extracting(SupplierRecord::id)
        .contains(any.id());
    assertThat(all(filter("category", "cpv:" + category))).isEmpty();
    assertThat(all(filter("industry", "" + data.industry(), "currency", currency)))
        .anyMatch(s -> s.id().equals(any.id()))
        .allMatch(s -> currency.equals(s.data().currency()));
    assertThat(all(filter("on_hold", "true"))).isNotEmpty().allMatch(s -> s.data().hold() != null);
    assertThat(count(filter("on_hold", "false")) + count(filter("on_hold", "true")))
        .isEqualTo(COUNT);
    assertThat(all(filter("preferred", "true"))).isNotEmpty().allMatch(s -> s.data().preferred());
    assertThat(all(filter("onboarding_status", "to_review,in_progress")))
        .isNotEmpty()
        .allMatch(s -> Set.of("to_review", "in_progress").contains(s.data().onboardingStatus()));
    assertThat(all(filter("created_since", any.createdAt().toString())))
        .anyMatch(s -> s.id().equals(any.id()))
        .allMatch(s -> !s.createdAt().isBefore(any.createdAt()));
    assertThat(all(filter("department", "logistics"))).isNotEmpty().hasSizeLessThan(COUNT);
    assertThat(all(filter("owner", new UUID(7, 7).toString()))).isEmpty();
  }

  @Test
  void holdCountsUntilItsEnd() {
    database.with(
        em -> {
          List<UUID> held = onHold(em, "true");
          UUID ended = held.get(0);
          UUID waiting = held.get(1);
          endHold(em, ended, DemoDatabase.NOW);
          endHold(em, waiting, DemoDatabase.NOW.plusSeconds(1));

          assertThat(onHold(em, "true")).hasSize(held.size() - 1).contains(waiting);
          assertThat(onHold(em, "false"))
              .hasSize(COUNT - held.size() + 1)
              .contains(ended)
              .doesNotContain(waiting);
          for (UUID id : List.of(ended, waiting)) {
            em.clear();
            assertThat(em.find(Supplier.class, id).data().hold())
                .isNotNull()
                .extracting(hold -> hold.counts(DemoDatabase.NOW))
                .isEqualTo(id.equals(waiting));
          }
          em.getTransaction().setRollbackOnly();
          return true;
        });
  }

  private static List<UUID> onHold(EntityManager em, String whether) {
    return new SupplierQuery(
            em, Reach.all(DemoDatabase.ORGANISATION), filter("on_hold", whether), DemoDatabase.NOW)
        .page(EVERYTHING).stream().map(SupplierRecord::id).toList();
  }

  private static void endHold(EntityManager em, UUID id, Instant until) {
    em.createQuery("update Supplier s set s.holdUntil = :until where s.id = :id")
        .setParameter("until", until)
        .setParameter("id", id)
        .executeUpdate();
  }

  private static boolean sees(EntityManager em, Reach reach, SupplierRecord supplier) {
    return new SupplierReach(em, reach).sees(em.find(Supplier.class, supplier.id()));
  }

  private static boolean has(SupplierRecord supplier, String tag) {
    return supplier.data().tags().contains(tag);
  }

  @Test
  void searchFoldsBothSidesAsSortingDoes() {
    database.with(
        em -> {
          for (String name : List.of("Straße & Söhne", "STRASSE & SOHNE II")) {
            em.persist(
                new Supplier(
                    UUID.randomUUID(),
                    DemoDatabase.OTHER_ORGANISATION,
                    SupplierCheckTest.named(name).numbered(name),
                    RecordedActor.of(Actor.SYSTEM),
                    DemoDatabase.NOW));
          }
          em.flush();
          for (String text : List.of("straße", "STRASSE", "söhne", "Sohne", "SO\u0308HNE")) {
            assertThat(
                    new SupplierQuery(
                            em,
                            Reach.all(DemoDatabase.OTHER_ORGANISATION),
                            filter("q", text),
                            DemoDatabase.NOW)
                        .page(EVERYTHING))
                .as(text)
                .hasSize(2);
          }
          em.getTransaction().setRollbackOnly();
          return true;
        });
  }
}
