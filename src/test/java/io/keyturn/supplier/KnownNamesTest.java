package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.database.CacheValidity;
import io.keyturn.database.RecentChanges;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.support.Fields;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long the name of a location is remembered, and for whom. */
class KnownNamesTest {
  private long now = System.nanoTime();
  private boolean connected = true;
  private final RecentChanges changes = new RecentChanges(CacheValidity.LONGEST, () -> now);
  private final KnownNames names = new KnownNames();
  private DemoDatabase database;
  private UUID location;

  @BeforeEach
  void open() throws SQLException {
    database = new DemoDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", 3);
    Fields.set(names, "validity", new CacheValidity(() -> now, changes, time -> connected));
    location =
        database.with(
            em -> em.createQuery("select l.id from Location l", UUID.class).getResultList().get(0));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private String name(OrganisationId organisation) {
    return database.with(
        em -> {
          SupplierNames.Name name =
              names
                  .of(em, organisation, new SupplierNames.Ids(Set.of(location), Set.of(), Set.of()))
                  .get(location);
          return name == null ? "none" : name.reference().name();
        });
  }

  private String name() {
    OrganisationId organisation =
        database.with(em -> em.find(Location.class, location).organisationId());
    return name(organisation);
  }

  private void rename(String name) {
    database.with(
        em -> {
          em.find(Location.class, location).rename(name);
          return null;
        });
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void nameIsReadOnceAndAgainOnceItIsAnnouncedAsChanged() {
    rename("Oslo");
    assertThat(name()).isEqualTo("Oslo");
    rename("Bergen");
    assertThat(name()).as("not announced").isEqualTo("Oslo");
    changes.changed(List.of(location));
    assertThat(name()).isEqualTo("Bergen");
  }

  @Test
  void nameThatNobodyAnnouncesCountsForAMinuteAndWithoutNewsFor700Milliseconds() {
    rename("Oslo");
    assertThat(name()).isEqualTo("Oslo");
    rename("Bergen");
    pass(Duration.ofSeconds(59));
    assertThat(name()).isEqualTo("Oslo");
    pass(Duration.ofSeconds(2));
    assertThat(name()).isEqualTo("Bergen");
    rename("Turku");
    connected = false;
    pass(Duration.ofMillis(699));
    assertThat(name()).isEqualTo("Bergen");
    pass(Duration.ofMillis(1));
    assertThat(name()).isEqualTo("Turku");
  }

  @Test
  void anotherOrganisationGetsNoNameThatIsKnownHere() {
    assertThat(name()).isNotEqualTo("none");
    assertThat(name(DemoDatabase.EMPTY_ORGANISATION)).isEqualTo("none");
  }
}
