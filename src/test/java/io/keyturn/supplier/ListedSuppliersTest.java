package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Reach;
import io.keyturn.database.CacheValidity;
import io.keyturn.database.RecentChanges;
import io.keyturn.json.JsonText;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.supplier.rest.SupplierParameters;
import io.keyturn.support.Fields;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What lists remember of suppliers, and what they read again. */
class ListedSuppliersTest {
  private static final SupplierFilter ALL =
      new SupplierParameters(Map.of("status", "all", "sort", "number")).filter();
  private static final Paging PAGE = new Paging(200, null, false);

  private static DemoDatabase database;

  private final RecentChanges changes = new RecentChanges(CacheValidity.LONGEST, System::nanoTime);
  private final Suppliers suppliers = reader();

  @BeforeAll
  static void open() throws SQLException {
    database =
        new DemoDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", 40);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  /** A reader that remembers nothing yet. */
  private Suppliers reader() {
    KnownNames names = new KnownNames();
    Fields.set(names, "validity", new CacheValidity(System::nanoTime, changes, time -> true));
    ListedSuppliers listed = new ListedSuppliers();
    Fields.set(listed, "known", names);
    Suppliers reader = new Suppliers();
    Fields.set(reader, "known", names);
    Fields.set(reader, "listed", listed);
    Fields.set(reader, "clock", Clock.fixed(DemoDatabase.NOW, ZoneOffset.UTC));
    return reader;
  }

  private ListView<ListedSupplier> list(Suppliers reader) {
    return database.with(
        em -> {
          Fields.set(reader, "entities", em);
          return reader.list(Reach.all(DemoDatabase.ORGANISATION), ALL, PAGE);
        });
  }

  private String text() {
    return JsonText.of(list(suppliers).map(ListedSupplier::answer));
  }

  /** What the whole list is, by a reader that remembers nothing, and without the kept texts. */
  private String truth() {
    Set<String> names = SupplierField.codes(SupplierField.OF_A_LIST);
    return JsonText.of(
        list(reader()).map(supplier -> new JsonText.Members(supplier.view(), names)));
  }

  /** A location that suppliers refer to. */
  private Location location() {
    UUID id =
        list(reader()).data().stream()
            .flatMap(supplier -> supplier.view().locations().stream())
            .map(Reference::id)
            .findFirst()
            .orElseThrow();
    return database.with(em -> em.find(Location.class, id));
  }

  @Test
  void laterReadsTakeOneStatementAndAnswerTheSame() {
    database.statements();
    String first = text();
    assertThat(database.statements()).as("places, suppliers and names").isEqualTo(3);

    assertThat(text()).as("the second time, now with its text").isEqualTo(first);
    assertThat(text()).as("the text").isEqualTo(first);
    assertThat(database.statements()).isEqualTo(2);
    assertThat(first).isEqualTo(truth()).contains("S-000040");
  }

  @Test
  void changedSupplierIsReadAgainByItself() {
    text();
    text();
    UUID id = list(suppliers).data().get(7).view().id();
    database.with(
        em -> {
          em.find(Supplier.class, id).archive(DemoDatabase.NOW);
          return null;
        });
    database.statements();

    String changed = text();
    assertThat(database.statements()).as("places, and one supplier").isEqualTo(2);
    assertThat(changed).isEqualTo(truth()).contains("archived");
    assertThat(list(suppliers).data().get(7).view().status()).isEqualTo("archived");
  }

  @Test
  void otherNameOfALocationIsSeenAsSoonAsItIsAnnounced() {
    text();
    text();
    Location location = location();
    database.with(
        em -> {
          em.find(Location.class, location.id()).rename("Ulaanbaatar");
          return null;
        });
    changes.changed(List.of(location.id()));

    assertThat(text()).isEqualTo(truth()).contains("Ulaanbaatar").doesNotContain(location.name());
  }

  @Test
  void locationThatIsGoneIsLeftOut() {
    text();
    text();
    Location location = location();
    database.with(
        em -> {
          em.createQuery("delete from SupplierLocation l where l.locationId = :id")
              .setParameter("id", location.id())
              .executeUpdate();
          em.remove(em.find(Location.class, location.id()));
          return null;
        });
    changes.changed(List.of(location.id()));

    assertThat(text()).isEqualTo(truth()).doesNotContain(location.name());
  }
}
