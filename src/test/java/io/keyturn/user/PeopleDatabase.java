package io.keyturn.user;

import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.paging.Search;
import io.keyturn.secret.Hmac;
import io.keyturn.support.Fields;
import io.keyturn.support.MemoryDatabase;
import io.keyturn.user.invitation.Invitations;
import io.keyturn.user.invitation.OneTimeLink;
import io.keyturn.user.invitation.OneTimeLinks;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.persistence.EntityManager;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The real services of people and roles over a database in memory. */
final class PeopleDatabase implements AutoCloseable {
  private final MemoryDatabase database =
      new MemoryDatabase(
          Organisation.class.getName(),
          "io.keyturn.keyring.CryptoKey",
          "io.keyturn.audit.AuditEvent",
          "io.keyturn.audit.AuditHead",
          Role.class.getName(),
          User.class.getName(),
          OneTimeLink.class.getName());

  final Keyring keyring = new Keyring();
  final AuditLog audit = new AuditLog();
  final SignedPeople signed = new SignedPeople();
  final Organisations organisations = new Organisations();
  final Users users = new Users();
  final AdministratorRights rights = new AdministratorRights();
  final OneTimeLinks links = new OneTimeLinks();
  final People people = new People();
  final Roles roles = new Roles();

  PeopleDatabase() {
    Fields.set(keyring, "audit", new Hmac(new byte[32]));
    Fields.set(keyring, "people", new Hmac(new byte[32]));
    Fields.set(signed, "executor", atOnce());
    database.inject(
        keyring,
        audit,
        signed,
        rights,
        organisations,
        users,
        links,
        new Invitations(),
        people,
        roles);
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

  private EntityManager entityManager() {
    return database.entityManager();
  }

  <T> T in(Supplier<T> work) {
    return database.in(work);
  }

  void run(Runnable work) {
    database.run(work);
  }

  /** Creates an organisation with the built-in roles; answers its id. */
  OrganisationId organisation(String domain) {
    return in(
        () -> {
          OrganisationId id = organisations.create(domain, domain).id();
          audit.append(
              id,
              Actor.SYSTEM,
              AuditAction.ORGANISATION_CREATED,
              new Subject("organisation", id.value(), domain),
              Map.of());
          users.createRoles(id);
          return id;
        });
  }

  /** Creates an active person with a built-in role. */
  Actor person(OrganisationId organisation, String email, BuiltInRole role) {
    return person(organisation, email, roleId(organisation, role.title()));
  }

  /** Creates an active person. */
  Actor person(OrganisationId organisation, String email, UUID roleId) {
    return in(
        () -> {
          User user =
              new User(
                  organisation,
                  email,
                  email,
                  entityManager().find(Role.class, roleId),
                  database.now(),
                  signed.key());
          user.join(email, database.now(), signed.key());
          user.password("hash", false, signed.key());
          entityManager().persist(user);
          return new Actor(Actor.Type.PERSON, user.id().value(), email, "192.0.2.7");
        });
  }

  /** Creates a role, past all rules. */
  UUID role(OrganisationId organisation, String name, Scope... scopes) {
    return in(
        () -> {
          Role role = new Role(organisation, name, Set.of(scopes), signed.key());
          entityManager().persist(role);
          return role.id();
        });
  }

  UUID roleId(OrganisationId organisation, String name) {
    return in(
        () ->
            roles.list(organisation).stream()
                .filter(role -> role.name().equals(name))
                .map(RoleRow::id)
                .findFirst()
                .orElseThrow());
  }

  /** A person as the list shows them. */
  Optional<PersonRow> row(OrganisationId organisation, String email) {
    return in(
        () ->
            people.slice(organisation, Search.ALL, 0, 1000).rows().stream()
                .filter(person -> person.email().equals(email))
                .findFirst());
  }

  /** What the audit log has of an organisation since it was created, in order. */
  List<String> events(OrganisationId organisation) {
    List<String> all = database.events(organisation);
    return all.subList(1, all.size());
  }

  void suspend(OrganisationId organisation) {
    sql("UPDATE organisation SET suspended_at = created_at WHERE id = ?1", organisation);
  }

  void sql(String sql, Object... parameters) {
    database.sql(sql, parameters);
  }

  Object value(String sql) {
    return database.value(sql);
  }

  void turnClock(Duration by) {
    database.turnClock(by);
  }

  @Override
  public void close() {
    database.close();
  }
}
