package io.keyturn.database;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;
import org.hibernate.SessionFactory;
import org.hibernate.SessionFactoryObserver;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.jspecify.annotations.Nullable;

/**
 * Updates the schema before Hibernate validates it. When that fails, the container goes on without
 * a persistence unit, so the reason is kept here.
 */
public class SchemaIntegrator implements Integrator {
  private static volatile @Nullable String failure =
      "Hibernate cannot use the database; the server's log says why";

  /**
   * Registers the embedded database's file system. Hibernate creates its integrators before the
   * application's first connection.
   */
  public SchemaIntegrator() {
    ConfigProvider.getConfig()
        .getOptionalValue("keyturn.database.url", String.class)
        .filter(url -> url.startsWith(CrashSafeFiles.URL))
        .ifPresent(url -> CrashSafeFiles.register());
  }

  /**
   * Why there is no persistence unit, in one line that names the setting; empty when there is one.
   */
  public static Optional<String> failure() {
    return Optional.ofNullable(failure).map(why -> "KEYTURN_DATABASE_URL: " + why);
  }

  @Override
  public void integrate(
      Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessionFactory) {
    try {
      migrate(
          sessionFactory
              .getServiceRegistry()
              .requireService(ConnectionProvider.class)
              .unwrap(DataSource.class));
    } catch (FlywayException e) {
      failure = "the schema cannot be brought up to date: " + inOneLine(e);
      throw e;
    }
    failure = "the schema is not as this version expects it; the server's log says where";
    sessionFactory.addObserver(new Validated());
  }

  private static final class Validated implements SessionFactoryObserver {
    private static final long serialVersionUID = 1L;

    @Override
    public void sessionFactoryCreated(SessionFactory factory) {
      failure = null;
    }
  }

  private static void migrate(DataSource dataSource) {
    Flyway.configure(SchemaIntegrator.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .javaMigrations(migrations())
        .callbacks(new PatientMigrations())
        // The other nodes wait as long as it takes.
        .lockRetryCount(-1)
        .load()
        .migrate();
  }

  /**
   * The migrations that need Java. The features that write them come after this package, so they
   * are found as services.
   */
  public static JavaMigration[] migrations() {
    return ServiceLoader.load(JavaMigration.class, SchemaIntegrator.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toArray(JavaMigration[]::new);
  }

  /** Flyway's message has a headline, an underline, and then the database's message. */
  private static String inOneLine(FlywayException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .map(String::strip)
        .filter(line -> line.chars().anyMatch(Character::isLetter))
        .limit(4)
        .collect(Collectors.joining("; "));
  }
}
