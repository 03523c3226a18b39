package io.keyturn.supplier;

import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.support.TestSessions;
import io.keyturn.user.Role;
import io.keyturn.user.User;
import jakarta.persistence.EntityManager;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.hibernate.SessionFactory;

/** The real schema, and Hibernate over it as in the server, with two organisations' suppliers. */
final class DemoDatabase implements AutoCloseable {
  static final OrganisationId ORGANISATION = new OrganisationId(new UUID(1, 2));
  static final OrganisationId OTHER_ORGANISATION = new OrganisationId(new UUID(3, 4));
  static final OrganisationId EMPTY_ORGANISATION = new OrganisationId(new UUID(5, 6));
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final SessionFactory sessions;

  DemoDatabase(String url, String user, int suppliers) throws SQLException {
    sessions =
        TestSessions.open(
            url,
            user,
            Map.of(
                "hibernate.jdbc.batch_size", "100",
                "hibernate.order_inserts", "true",
                "hibernate.generate_statistics", "true"),
            CustomField.class,
            Department.class,
            Location.class,
            Supplier.class,
            SupplierLocation.class,
            SupplierRegister.class,
            SupplierTerm.class,
            Role.class,
            User.class);
    organisation(url, user, ORGANISATION, "one");
    organisation(url, user, OTHER_ORGANISATION, "two");
    organisation(url, user, EMPTY_ORGANISATION, "three");
    seed(ORGANISATION, suppliers);
    seed(OTHER_ORGANISATION, 10);
  }

  private static void organisation(String url, String user, OrganisationId id, String domain)
      throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, "");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO organisation (id, domain, name, strict, created_at, version)"
                    + " VALUES (?, ?, ?, FALSE, CURRENT_TIMESTAMP, 0)")) {
      insert.setObject(1, id.value());
      insert.setString(2, domain);
      insert.setString(3, domain);
      insert.executeUpdate();
    }
  }

  private void seed(OrganisationId organisationId, int count) {
    DemoSuppliers demo = new DemoSuppliers(organisationId, RecordedActor.of(Actor.SYSTEM), NOW);
    List<Supplier> suppliers = demo.suppliers(1, count);
    sessions.inTransaction(
        session -> {
          demo.locations().forEach(session::persist);
          demo.departments().forEach(session::persist);
          suppliers.forEach(session::persist);
          session.flush();
          new SupplierIndex(session).add(suppliers);
        });
  }

  /** Runs in a transaction. */
  <T> T with(Function<EntityManager, T> work) {
    return sessions.fromTransaction(work);
  }

  /** How many statements were prepared since the last call. */
  long statements() {
    long count = sessions.getStatistics().getPrepareStatementCount();
    sessions.getStatistics().clear();
    return count;
  }

  @Override
  public void close() {
    sessions.close();
  }
}
