package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Reach;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Search;
import io.keyturn.support.Fields;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
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

  @Test
  void withoutDemoSuppliersNothingIsInvented() {
    assertThat(seeded(0)).containsExactly(0, 0);
  }

  @Test
  void demoSuppliersComeWithTheirLocations() {
    assertThat(seeded(3)).containsExactly(8, 3);
  }
}
