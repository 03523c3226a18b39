package io.keyturn.support;

import io.keyturn.database.SchemaIntegrator;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.internal.ClassLoaderServiceImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.type.format.FormatMapper;

/** Hibernate over the real schema as in the server, without a server. */
public final class TestSessions {
  private TestSessions() {}

  /**
   * Updates the schema of a database, and opens Hibernate over it.
   *
   * @param more further properties of Hibernate
   */
  public static SessionFactory open(
      String url, String user, Map<String, String> more, Class<?>... entities) {
    Flyway.configure()
        .dataSource(url, user, "")
        .javaMigrations(SchemaIntegrator.migrations())
        .load()
        .migrate();
    Configuration configuration =
        new Configuration(
                new BootstrapServiceRegistryBuilder()
                    .applyClassLoaderService(new NoIntegrators())
                    .build())
            .addAnnotatedClasses(entities)
            .setPhysicalNamingStrategy(new PhysicalNamingStrategySnakeCaseImpl())
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.connection.username", user)
            .setProperty("hibernate.hbm2ddl.auto", "validate")
            .setProperty("hibernate.jdbc.time_zone", "UTC");
    more.forEach(configuration::setProperty);
    configuration.getProperties().put("hibernate.type.json_format_mapper", noJson());
    return configuration.buildSessionFactory();
  }

  /** Hibernate would look for JSON Binding, whose API is here without anybody behind it. */
  private static Object noJson() {
    return Proxy.newProxyInstance(
        TestSessions.class.getClassLoader(),
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
}
