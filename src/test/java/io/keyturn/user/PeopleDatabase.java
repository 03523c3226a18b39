package io.keyturn.user;

import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.paging.Search;
import io.keyturn.secret.Hmac;
import io.keyturn.support.Fields;
import io.keyturn.user.invitation.Invitations;
import io.keyturn.user.invitation.OneTimeLink;
import io.keyturn.user.invitation.OneTimeLinks;
import jakarta.enterprise.concurrent.ManagedExecutorService;
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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.classloading.internal.ClassLoaderServiceImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.type.format.FormatMapper;
import org.jspecify.annotations.Nullable;

/** The real schema in memory, and over it the real services of people and roles. */
final class PeopleDatabase implements AutoCloseable {
  private final SessionFactory sessions;
  private final ThreadLocal<@Nullable Session> current = new ThreadLocal<>();
  private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final InstantSource clock = () -> this.now;

  final Keyring keyring = new Keyring();
  final AuditLog audit = new AuditLog();
  final SignedPeople signed = new SignedPeople();
  final Organisations organisations = new Organisations();
  final Users users = new Users();
  final AdministratorRights supervision = new AdministratorRights();
  final OneTimeLinks links = new OneTimeLinks();
  final People people = new People();
  final Roles roles = new Roles();

  PeopleDatabase() {
    String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
    Flyway.configure().dataSource(url, "sa", "").load().migrate();
    sessions = sessions(url);
    Fields.set(keyring, "audit", new Hmac(new byte[32]));
    Fields.set(keyring, "people", new Hmac(new byte[32]));
    Fields.set(signed, "executor", atOnce());
    List<Object> beans =
        List.of(
            keyring,
            audit,
            signed,
            supervision,
            organisations,
            users,
            links,
            new Invitations(),
            people,
            roles,
            clock.withZone(ZoneOffset.UTC));
    beans.forEach(bean -> inject(bean, beans));
  }

  private static SessionFactory sessions(String url) {
    Configuration configuration =
        new Configuration(
                new BootstrapServiceRegistryBuilder()
                    .applyClassLoaderService(new NoIntegrators())
                    .build())
            .addAnnotatedClasses(
                Organisation.class,
                entity("io.keyturn.keyring.CryptoKey"),
                entity("io.keyturn.audit.AuditEvent"),
                entity("io.keyturn.audit.AuditHead"),
                Role.class,
                User.class,
                OneTimeLink.class)
            .setPhysicalNamingStrategy(new PhysicalNamingStrategySnakeCaseImpl())
            .setProperty("hibernate.connection.url", url)
            .setProperty("hibernate.connection.username", "sa")
            .setProperty("hibernate.hbm2ddl.auto", "validate")
            .setProperty("hibernate.jdbc.time_zone", "UTC");
    // Hibernate would look for JSON Binding, whose API is here without anybody behind it.
    Object noJson =
        Proxy.newProxyInstance(
            PeopleDatabase.class.getClassLoader(),
            new Class<?>[] {FormatMapper.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException("no column is JSON");
            });
    configuration.getProperties().put("hibernate.type.json_format_mapper", noJson);
    return configuration.buildSessionFactory();
  }

  private static ManagedExecutorService atOnce() {
    return (ManagedExecutorService)
        Proxy.newProxyInstance(
            PeopleDatabase.class.getClassLoader(),
            new Class<?>[] {ManagedExecutorService.class},
            (proxy, method, arguments) -> {
              ((Runnable) arguments[0]).run();
              return null;
            });
  }

  private static Class<?> entity(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The server's integrator reads settings, of which there are none here. */
  private static final class NoIntegrators extends ClassLoaderServiceImpl {
    private static final long serialVersionUID = 1L;

    @Override
    public <S> Collection<S> loadJavaServices(Class<S> contract) {
      return contract == Integrator.class ? List.of() : super.loadJavaServices(contract);
    }
  }

  private void inject(Object bean, List<Object> beans) {
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

  /** As in the server: whichever belongs to the transaction of this thread. */
  private EntityManager entityManager() {
    return (EntityManager)
        Proxy.newProxyInstance(
            PeopleDatabase.class.getClassLoader(),
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
  <T> T in(Supplier<T> work) {
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
  void run(Runnable work) {
    in(
        () -> {
          work.run();
          return true;
        });
  }

  /** Makes an organisation with the built-in roles; answers its id. */
  UUID organisation(String domain) {
    return in(
        () -> {
          UUID id = organisations.create(domain, domain).id();
          audit.append(
              id,
              Actor.SYSTEM,
              AuditAction.ORGANISATION_CREATED,
              new Subject("organisation", id, domain),
              Map.of());
          users.createRoles(id);
          return id;
        });
  }

  /** Makes an active person with a built-in role. */
  Actor person(UUID organisation, String email, BuiltInRole role) {
    return person(organisation, email, roleId(organisation, role.title()));
  }

  /** Makes an active person. */
  Actor person(UUID organisation, String email, UUID roleId) {
    return in(
        () -> {
          User user =
              new User(
                  organisation,
                  email,
                  email,
                  entityManager().find(Role.class, roleId),
                  clock.instant(),
                  signed.key());
          user.join(email, clock.instant(), signed.key());
          user.password("hash", false, signed.key());
          entityManager().persist(user);
          return new Actor(Actor.Type.PERSON, user.id(), email, "192.0.2.7");
        });
  }

  /** Makes a role, past all rules. */
  UUID role(UUID organisation, String name, Scope... scopes) {
    return in(
        () -> {
          Role role = new Role(organisation, name, Set.of(scopes), signed.key());
          entityManager().persist(role);
          return role.id();
        });
  }

  UUID roleId(UUID organisation, String name) {
    return in(
        () ->
            roles.list(organisation).stream()
                .filter(role -> role.name().equals(name))
                .map(RoleRow::id)
                .findFirst()
                .orElseThrow());
  }

  /** A person as the list shows them. */
  Optional<PersonRow> row(UUID organisation, String email) {
    return in(
        () ->
            people.slice(organisation, Search.ALL, 0, 1000).rows().stream()
                .filter(person -> person.email().equals(email))
                .findFirst());
  }

  /** What the audit log has of an organisation since it was made, in order. */
  List<String> events(UUID organisation) {
    return in(
        () ->
            entityManager()
                .createQuery(
                    "select e.action from AuditEvent e where e.organisationId = :o and"
                        + " e.sequence > 1 order by e.sequence",
                    String.class)
                .setParameter("o", organisation)
                .getResultList());
  }

  void suspend(UUID organisation) {
    sql("UPDATE organisation SET suspended_at = created_at WHERE id = ?1", organisation);
  }

  /** Changes rows past the services, as somebody does who can write the database. */
  void sql(String sql, Object... parameters) {
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
  Object value(String sql) {
    return in(() -> entityManager().createNativeQuery(sql).getSingleResult());
  }

  void turnClock(Duration by) {
    now = now.plus(by);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
