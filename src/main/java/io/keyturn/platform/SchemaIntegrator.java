package io.keyturn.platform;

import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;

/** Brings the schema up to date before Hibernate validates it. */
public class SchemaIntegrator implements Integrator {
  private static final Logger LOG = Logger.getLogger("io.keyturn");

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
      LOG.log(
          Level.SEVERE,
          "Keyturn does not start. KEYTURN_DATABASE_URL: the schema cannot be brought up to date:"
              + " {0}",
          firstLine(e));
      throw e;
    }
  }

  private static void migrate(DataSource dataSource) {
    Flyway.configure(SchemaIntegrator.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .load()
        .migrate();
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }
}
