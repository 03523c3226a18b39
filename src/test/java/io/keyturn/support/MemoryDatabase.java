package io.keyturn.support;

import io.keyturn.organisation.OrganisationId;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.jspecify.annotations.Nullable;

/** The real schema in memory, a clock that is turned, and real services over both. No server. */
public final class MemoryDatabase implements AutoCloseable {
  private final SessionFactory sessions;
  private final ThreadLocal<@Nullable Session> current = new ThreadLocal<>();
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final InstantSource clock = () -> this.now;

  /**
   * Creates the schema.
   *
   * @param entities the names of the classes that the services store
   */
  public MemoryDatabase(String... entities) {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    Class<?>[] classes = Stream.of(entities).map(MemoryDatabase::entity).toArray(Class<?>[]::new);
    sessions = TestSessions.open(url, "sa", Map.of(), classes);
  }

  private static Class<?> entity(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives services what the container would: each other, the clock, the database. */
  public void inject(Object... services) {
    List<Object> beans = new ArrayList<>(List.of(services));
    beans.add(clock.withZone(ZoneOffset.UTC));
    for (Object bean : services) {
      for (Field field : bean.getClass().getDeclaredFields()) {
        if (field.isAnnotationPresent(PersistenceContext.class)) {
          Fields.set(bean, field.getName(), entityManager());
        } else if (field.isAnnotationPresent(Inject.class)) {
          beans.stream()
              .filter(field.getType()::isInstance)
              .findFirst()
              .ifPresent(other -> Fields.set(bean, field.getName(), other));
        }
      }
    }
  }

  /** As in the server: whichever belongs to the transaction of this thread. */
  public EntityManager entityManager() {
    return (EntityManager)
        Proxy.newProxyInstance(
            MemoryDatabase.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              Session session = current.get();
              if (session == null) {
                throw new IllegalStateException("no transaction");
              }
              try {
                return method.invoke(session, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** Runs in a transaction, the one that is running where there is one. */
  public <T> T in(Supplier<T> work) {
    if (current.get() != null) {
      return work.get();
    }
    return sessions.fromTransaction(
        session -> {
          current.set(session);
          try {
            return work.get();
          } finally {
            current.remove();
          }
        });
  }

  /** Runs in a transaction, the one that is running where there is one. */
  public void run(Runnable work) {
    in(
        () -> {
          work.run();
          return true;
        });
  }

  /** What the audit log has of an organisation, in order. */
  public List<String> events(OrganisationId organisation) {
    return in(
        () ->
            entityManager()
                .createQuery(
                    "select e.action from AuditEvent e where e.organisationId = :o"
                        + " order by e.sequence",
                    String.class)
                .setParameter("o", organisation)
                .getResultList());
  }

  /** Changes rows past the services, as somebody does who can write the database. */
  public void sql(String sql, Object... parameters) {
    run(
        () -> {
          var query = entityManager().createNativeQuery(sql);
          for (int i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
          }
          query.executeUpdate();
        });
  }

  /** The one value that a query finds. */
  public Object value(String sql) {
    return in(() -> entityManager().createNativeQuery(sql).getSingleResult());
  }

  /** What the clock says. */
  public Instant now() {
    return now;
  }

  /** Turns the clock. */
  public void turnClock(Duration by) {
    now = now.plus(by);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
