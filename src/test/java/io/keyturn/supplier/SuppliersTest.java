package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Reach;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.support.Fields;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an empty database gets to look at. */
class SuppliersTest {
  private static DemoDatabase database;

  @BeforeAll
  static void open() throws SQLException {
    database = new DemoDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", 3);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** Seeds an organisation that is empty; answers how many locations and suppliers it has then. */
  private static long[] seeded(int count) {
    OrganisationId organisation = DemoDatabase.EMPTY_ORGANISATION;
    return database.with(
        entities -> {
          Suppliers suppliers = new Suppliers();
          Fields.set(suppliers, "entities", entities);
          Fields.set(
              suppliers, "clock", InstantSource.fixed(DemoDatabase.NOW).withZone(ZoneOffset.UTC));
          suppliers.seedDemo(organisation, count);
          long[] seeded = {
            new UnitQuery<>(entities, Reach.all(organisation), UnitKind.LOCATION).count(Search.ALL),
            entities
                .createQuery(
                    "select count(s) from Supplier s where s.organisationId = :id", Long.class)
                .setParameter("id", organisation)
                .getSingleResult()
          };
          entities.getTransaction().setRollbackOnly();
          return seeded;
        });
  }

  /** All entries of a list that is read in pages of two. */
  private static List<String> paged(
      String list, BiFunction<ReferenceLists, Paging, ListView<EntryView>> read) {
    return database.with(
        entities -> {
          ReferenceLists lists = new ReferenceLists();
          Fields.set(lists, "entities", entities);
          List<String> ids = new ArrayList<>();
          Cursor after = null;
          do {
            ListView<EntryView> page = read.apply(lists, new Paging(2, after, false));
            page.data().forEach(entry -> ids.add(entry.id()));
            String next = page.page().nextCursor();
            assertThat(page.page().hasMore()).isEqualTo(next != null);
            after = next == null ? null : ReferenceLists.page(list, next).after();
          } while (after != null);
          return ids;
        });
  }

  @Test
  void longReferenceListsHavePages() {
    Reach reach = Reach.all(DemoDatabase.OTHER_ORGANISATION);

    for (var list :
        Map.<String, BiFunction<ReferenceLists, Paging, ListView<EntryView>>>of(
                "categories", (lists, paging) -> lists.categories(reach, paging),
                "industries", (lists, paging) -> lists.industries(reach, paging),
                "payment-terms", (lists, paging) -> lists.paymentTerms(reach, paging))
            .entrySet()) {
      List<String> whole =
          database
              .with(
                  entities -> {
                    ReferenceLists lists = new ReferenceLists();
                    Fields.set(lists, "entities", entities);
                    return list.getValue()
                        .apply(lists, ReferenceLists.page(list.getKey(), null))
                        .data();
                  })
              .stream()
              .map(EntryView::id)
              .toList();
      assertThat(whole).as(list.getKey()).hasSizeGreaterThan(2).doesNotHaveDuplicates();
      assertThat(paged(list.getKey(), list.getValue())).isEqualTo(whole);
    }
  }

  @Test
  void withoutDemoSuppliersNothingIsInvented() {
    assertThat(seeded(0)).containsExactly(0, 0);
  }

  @Test
  void demoSuppliersComeWithTheirLocations() {
    assertThat(seeded(3)).containsExactly(8, 3);
  }
}
