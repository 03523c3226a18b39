package io.keyturn.user;

import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.http.OneLine;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The roles of an organisation: the built-in roles, which are fixed, and custom roles. The acting
 * person cannot create, change or delete a role with permissions that they lack.
 */
@ApplicationScoped
@Transactional
public class Roles {
  private static final int LONGEST_NAME = 100;

  @Inject private AuditLog audit;
  @Inject private AdministratorRights rights;
  @Inject private SignedPeople signed;
  @PersistenceContext private EntityManager entities;

  /** All roles of an organisation: the built-in roles first, then the custom roles by name. */
  public List<RoleRow> list(OrganisationId organisationId) {
    return slice(organisationId, Search.ALL, 0, Integer.MAX_VALUE).rows();
  }

  /**
   * A part of the roles of an organisation, in the same order.
   *
   * @param search in names and scopes
   */
  public Slice<RoleRow> slice(OrganisationId organisationId, Search search, int first, int most) {
    String condition =
        " from Role r where r.organisationId = :organisation" + search.and("r.name", "r.scopes");
    List<RoleRow> rows =
        search
            .bind(
                entities.createQuery(
                    "select r, (select count(u) from User u where u.role = r)"
                        + condition
                        + " order by r.builtIn desc, lower(r.name)",
                    Object[].class))
            .setParameter("organisation", organisationId)
            .setFirstResult(first)
            .setMaxResults(most)
            .getResultStream()
            .map(row -> RoleRow.of((Role) row[0], (Long) row[1], signed.genuine((Role) row[0])))
            .toList();
    long total =
        search
            .bind(entities.createQuery("select count(r)" + condition, Long.class))
            .setParameter("organisation", organisationId)
            .getSingleResult();
    return new Slice<>(rows, total);
  }

  /**
   * One role.
   *
   * @throws ProblemException 404
   */
  public RoleRow get(OrganisationId organisationId, UUID roleId) {
    return list(organisationId).stream()
        .filter(role -> role.id().equals(roleId))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("role"));
  }

  /**
   * Creates a role.
   *
   * @throws ProblemException 403; 409 when the name is taken; 422
   */
  public void create(String name, Set<Scope> scopes, Actor actor) {
    User acting = rights.begin(actor, Scope.ROLES_MANAGE);
    Role role =
        new Role(acting.organisationId(), fit(acting, null, name, scopes), scopes, signed.key());
    entities.persist(role);
    record(role, actor, AuditAction.ROLE_CREATED, Map.of("scopes", Scope.format(scopes)));
  }

  /**
   * Changes the name and the scopes of a role. The change takes effect at the next request of each
   * person with the role.
   *
   * @throws ProblemException 403; 404; 409 when the name is taken or the role is built in; 422
   */
  public void change(UUID roleId, String name, Set<Scope> scopes, Actor actor) {
    User acting = rights.begin(actor, Scope.ROLES_MANAGE);
    Role role = own(acting, roleId);
    String line = fit(acting, role, name, scopes);
    Map<String, String> details =
        Map.of(
            "name_before",
            role.name(),
            "scopes_before",
            signed.genuine(role) ? Scope.format(role.scopes()) : "changed in the database",
            "scopes",
            Scope.format(scopes));
    role.change(line, scopes, signed.key());
    record(role, actor, AuditAction.ROLE_CHANGED, details);
  }

  /**
   * Deletes a role that no person has.
   *
   * @throws ProblemException 403; 404; 409 while a person has it or when it is built in
   */
  public void delete(UUID roleId, Actor actor) {
    User acting = rights.begin(actor, Scope.ROLES_MANAGE);
    Role role = own(acting, roleId);
    long people =
        entities
            .createQuery("select count(u) from User u where u.role.id = :role", Long.class)
            .setParameter("role", roleId)
            .getSingleResult();
    if (people > 0) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The role \"" + role.name() + "\" still has users. Give them another role first.");
    }
    entities.remove(role);
    record(
        role,
        actor,
        AuditAction.ROLE_DELETED,
        signed.genuine(role) ? Map.of("scopes", Scope.format(role.scopes())) : Map.of());
  }

  private Role own(User acting, UUID roleId) {
    Role role = rights.unverifiedRole(acting, roleId);
    if (role.builtIn()) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The role \"" + role.name() + "\" is built in, and cannot be changed.");
    }
    // A tampered role may have had any scope before, so the acting person needs all scopes.
    AdministratorRights.refuseBeyond(
        acting, signed.genuine(role) ? role.scopes() : BuiltInRole.ADMINISTRATOR.scopes());
    return role;
  }

  /** Checks name and scopes, and returns the stripped name. */
  private String fit(User acting, @Nullable Role role, String name, Set<Scope> scopes) {
    FieldErrors errors = new FieldErrors();
    String line = errors.or("", () -> OneLine.of("name", name, LONGEST_NAME));
    errors.check(() -> refuseUseless(scopes));
    errors.check(() -> refuseTaken(acting, role, line));
    errors.refuse();
    AdministratorRights.refuseBeyond(acting, scopes);
    return line;
  }

  private void refuseTaken(User acting, @Nullable Role role, String line) {
    boolean taken =
        entities
            .createQuery("select r from Role r where r.organisationId = :organisation", Role.class)
            .setParameter("organisation", acting.organisationId())
            .getResultStream()
            .anyMatch(other -> !other.equals(role) && other.name().equalsIgnoreCase(line));
    if (taken) {
      throw ProblemException.taken(
          "name", "There is already a role with the name \"" + line + "\".");
    }
  }

  private static void refuseUseless(Set<Scope> scopes) {
    if (scopes.isEmpty()) {
      throw ProblemException.invalid("scopes", "must have at least one permission");
    }
    if (scopes.stream().noneMatch(Scope::opensToPeople)) {
      throw ProblemException.invalid(
          "scopes", "must have a permission that opens something to people, not to API keys alone");
    }
  }

  private void record(Role role, Actor actor, AuditAction action, Map<String, ?> details) {
    audit.append(role.organisationId(), actor, action, role.subject(), details);
  }
}
