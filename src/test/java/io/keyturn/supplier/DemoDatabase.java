package io.keyturn.supplier;

import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.internal.ClassLoaderServiceImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.type.format.FormatMapper;

/** The real schema, and Hibernate over it as in the server, with two organisations' suppliers. */
final class DemoDatabase implements AutoCloseable {
  static final UUID ORGANISATION = new UUID(1, 2);
  static final UUID OTHER_ORGANISATION = new UUID(3, 4);
  static final UUID EMPTY_ORGANISATION = new UUID(5, 6);
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final SessionFactory sessions;

  DemoDatabase(String url, String user, int suppliers) throws SQLException {
    Flyway.configure().dataSource(url, user, "").load().migrate();
    organisation(url, user, ORGANISATION, "one");
    organisation(url, user, OTHER_ORGANISATION, "two");
    organisation(url, user, EMPTY_ORGANISATION, "three");
    sessions = sessions(url, user);
    seed(ORGANISATION, suppliers);
    seed(OTHER_ORGANISATION, 10);
  }

  private static SessionFactory sessions(String url, String user) {
    Configuration configuration =
        new Configuration(
                new BootstrapServiceRegistryBuilder()
                    .applyClassLoaderService(new NoIntegrators())
                    .build())
            .addAnnotatedClasses(Location.class, Supplier.class, SupplierLocation.class)
            .setPhysicalNamingStrategy(new PhysicalNamingStrategySnakeCaseImpl())
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.connection.username", user)
            .setProperty("hibernate.hbm2ddl.auto", "validate")
            .setProperty("hibernate.jdbc.batch_size", "100")
            .setProperty("hibernate.order_inserts", "true")
            .setProperty("hibernate.jdbc.time_zone", "UTC")
            .setProperty("hibernate.generate_statistics", "true");
    configuration.getProperties().put("hibernate.type.json_format_mapper", noJson());
    return configuration.buildSessionFactory();
  }

  /** Hibernate would look for JSON Binding, whose API is here without anybody behind it. */
  private static Object noJson() {
    return Proxy.newProxyInstance(
        DemoDatabase.class.getClassLoader(),
        new Class<?>[] {FormatMapper.class},
        (proxy, method, arguments) -> {
          throw new UnsupportedOperationException("no column is JSON");
        });
  }

  /** The server's integrator reads settings, of which there are none here. */
  private static final class NoIntegrators extends ClassLoaderServiceImpl {
    private static final long serialVersionUID = 1L;

    @Override
    public <S> Collection<S> loadJavaServices(Class<S> contract) {
      return contract == Integrator.class ? List.of() : super.loadJavaServices(contract);
    }
  }

  private static void organisation(String url, String user, UUID id, String domain)
      throws SQLException {
    try (var connection = DriverManager.getConnection(url, user, "");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO organisation (id, domain, name, strict, created_at, version)"
                    + " VALUES (?, ?, ?, FALSE, CURRENT_TIMESTAMP, 0)")) {
      insert.setObject(1, id);
      insert.setString(2, domain);
      insert.setString(3, domain);
      insert.executeUpdate();
    }
  }

  private void seed(UUID organisationId, int count) {
    DemoSuppliers demo = new DemoSuppliers(organisationId, NOW);
    List<Supplier> suppliers = demo.suppliers(1, count);
    sessions.inTransaction(
        session -> {
          demo.locations().forEach(session::persist);
          suppliers.forEach(session::persist);
          suppliers.forEach(s -> demo.locationsOf(s).forEach(session::persist));
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
