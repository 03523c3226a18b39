package io.keyturn.user;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.config.Settings;
import io.keyturn.database.UniqueConstraint;
import io.keyturn.http.OneLine;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.invitation.Invitations;
import io.keyturn.user.invitation.IssuedLink;
import io.keyturn.user.invitation.OneTimeLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.util.Map;

/** Creates organisations with their audit chain and their built-in roles. */
@ApplicationScoped
@Transactional
public class NewOrganisations {
  /** The most characters of an organisation's name. */
  public static final int LONGEST_NAME = 200;

  @Inject private Organisations organisations;
  @Inject private Users users;
  @Inject private AdministratorRights rights;
  @Inject private Invitations invitations;
  @Inject private OneTimeLinks links;
  @Inject private SignedPeople signed;
  @Inject private AuditLog audit;
  @PersistenceContext private EntityManager entities;

  /**
   * Creates an organisation, begins its chain of audit events, and gives it the built-in roles.
   *
   * @throws ProblemException 409 with member {@code id} when the domain is taken; 422 for {@code
   *     domain} and {@code name}
   */
  public Organisation found(String domain, String name, Actor actor) {
    if (!Settings.isLabel(domain)) {
      throw ProblemException.invalid(
          "domain",
          "must have 1 to 63 lower-case letters, digits and hyphens, without a hyphen"
              + " at the start or end");
    }
    String line = OneLine.of("name", name, LONGEST_NAME);
    organisations
        .byDomain(domain)
        .ifPresent(
            other -> {
              throw taken(domain).member("id", other.id().value());
            });
    Organisation organisation = organisations.create(domain, line);
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (!UniqueConstraint.violated(e)) {
        throw e;
      }
      // Another request took the domain between the read and the write.
      throw taken(domain);
    }
    audit.append(
        organisation.id(),
        actor,
        AuditAction.ORGANISATION_CREATED,
        new Subject("organisation", organisation.id().value(), domain),
        Map.of("name", line));
    users.createRoles(organisation.id());
    return organisation;
  }

  private static ProblemException taken(String domain) {
    return new ProblemException(
        ProblemType.CONFLICT, "There is already an organisation with the domain " + domain + ".");
  }

  /**
   * Invites an administrator for an organisation. An invited administrator who has not joined yet
   * gets a new link, and the previous link stops working. A tampered account of this organisation
   * with the same address is removed first.
   *
   * @throws ProblemException 409 when the address has another account; 422 for {@code email}
   */
  public IssuedLink inviteAdministrator(Organisation organisation, String email, Actor actor) {
    rights.begin(organisation.id());
    Role role = users.role(organisation.id(), BuiltInRole.ADMINISTRATOR);
    String address = Invitations.address(email);
    User known =
        users
            .unverified(organisation.id(), address)
            .filter(signed::genuine)
            .filter(u -> u.standing() == User.Standing.INVITED && u.role().id().equals(role.id()))
            .orElse(null);
    if (known == null) {
      // The operator may know of all organisations.
      users
          .unverified(address)
          .filter(u -> !u.organisationId().equals(organisation.id()))
          .ifPresent(
              other -> {
                throw Invitations.taken(address);
              });
      removeTampered(organisation, address, actor);
    }
    User person = known == null ? invitations.invite(organisation.id(), address, role) : known;
    audit.append(
        organisation.id(),
        actor,
        known == null ? AuditAction.USER_INVITED : AuditAction.USER_INVITED_AGAIN,
        Users.subject(person),
        Map.of("role", role.name()));
    return links.issue(person, organisation);
  }

  private void removeTampered(Organisation organisation, String address, Actor actor) {
    users
        .unverified(organisation.id(), address)
        .filter(u -> !u.genuine(signed.key()))
        .ifPresent(
            tampered -> {
              invitations.remove(tampered);
              audit.append(
                  organisation.id(),
                  actor,
                  AuditAction.USER_REMOVED,
                  Users.subject(tampered),
                  Map.of());
            });
  }
}
