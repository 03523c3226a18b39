package io.keyturn.user.signin;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.http.OneLine;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.user.AdministratorRights;
import io.keyturn.user.Role;
import io.keyturn.user.SignedPeople;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import io.keyturn.user.invitation.Invitations;
import io.keyturn.user.invitation.OneTimeLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * People whom a single sign-on provider or the server's user registry authenticates. Each sign-in
 * updates their role from the provider's data. After the first sign-in, the provider's subject
 * identifies the person. So another person who later gets the same address does not get the
 * account.
 */
@ApplicationScoped
@Transactional
public class FederatedPeople {
  private static final int LONGEST_NAME = 200;

  @Inject private Organisations organisations;
  @Inject private Users users;
  @Inject private AdministratorRights rights;
  @Inject private OneTimeLinks links;
  @Inject private Invitations invitations;
  @Inject private SignedPeople signed;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * The provider's statement about a person.
   *
   * @param how the name of this sign-in method in the audit log
   * @param subject issuer and subject, which never change
   * @param role the name of the role to which the provider's data are mapped; null for none
   */
  public record VerifiedIdentity(
      String how,
      String subject,
      String email,
      boolean emailVerified,
      String name,
      @Nullable String role) {}

  /** The outcome of a sign-in. */
  public sealed interface Admission {
    /** The person may enter. */
    record Admitted(User user) implements Admission {}

    /** The person may not enter. */
    record Refused(SsoRefusal why) implements Admission {}
  }

  /**
   * Admits a person, and creates their account at the first sign-in. A refusal changes nothing and
   * is recorded.
   *
   * @param domain the organisation of this sign-in method
   * @param hostDomain the organisation that the Host names; null when it names none
   */
  public Admission admit(
      String domain, @Nullable String hostDomain, VerifiedIdentity identity, String address) {
    Organisation organisation =
        organisations.byDomain(domain).filter(o -> !o.suspended()).orElse(null);
    if (organisation == null || (hostDomain != null && !hostDomain.equals(domain))) {
      return new Admission.Refused(SsoRefusal.CLOSED);
    }
    rights.begin(organisation.id());
    Admission admission = admit(organisation, identity, address);
    if (admission instanceof Admission.Refused refused) {
      audit.append(
          organisation.id(),
          Actor.SYSTEM,
          AuditAction.SIGN_IN_REFUSED,
          new Subject("user", null, named(identity)),
          Map.of("how", identity.how(), "why", refused.why().code(), "from", address));
    }
    return admission;
  }

  /** The person's name in the audit log, which must hold no malformed address. */
  private static String named(VerifiedIdentity identity) {
    return Invitations.isAddress(identity.email()) ? identity.email() : "without an email address";
  }

  private Admission admit(Organisation organisation, VerifiedIdentity identity, String address) {
    if (!identity.emailVerified() || !Invitations.isAddress(identity.email())) {
      return new Admission.Refused(SsoRefusal.EMAIL_NOT_VERIFIED);
    }
    Role role = role(organisation.id(), identity.role()).orElse(null);
    if (role == null) {
      return new Admission.Refused(SsoRefusal.NO_ROLE);
    }
    User known = known(organisation, identity).orElse(null);
    if (known != null) {
      users.lock(known.id());
      SsoRefusal why = refusal(organisation, known, identity, role);
      if (why != null) {
        return new Admission.Refused(why);
      }
    }
    User user = known == null ? create(organisation, identity, role, address) : known;
    if (user.standing() == User.Standing.INVITED) {
      user.join(
          OneLine.orElse(identity.name(), LONGEST_NAME, identity.email()),
          clock.instant(),
          signed.key());
      links.withdraw(user);
      record(user, address, AuditAction.USER_JOINED, Map.of("how", identity.how()));
    }
    follow(user, role, identity.how(), address);
    user.ssoSubject(identity.subject(), signed.key());
    record(user, address, AuditAction.SIGNED_IN, Map.of("how", identity.how()));
    return new Admission.Admitted(user);
  }

  private @Nullable SsoRefusal refusal(
      Organisation organisation, User known, VerifiedIdentity identity, Role role) {
    if (!signed.genuine(known)) {
      return SsoRefusal.TAMPERED;
    }
    String subject = known.ssoSubject();
    if (!known.organisationId().equals(organisation.id())
        || (subject != null && !subject.equals(identity.subject()))) {
      return SsoRefusal.OTHER_ACCOUNT;
    }
    if (known.standing() == User.Standing.DEACTIVATED) {
      return SsoRefusal.DEACTIVATED;
    }
    return !known.role().id().equals(role.id()) && rights.isLastAdministrator(known)
        ? SsoRefusal.LAST_ADMINISTRATOR
        : null;
  }

  private Optional<User> known(Organisation organisation, VerifiedIdentity identity) {
    String email = Users.normal(identity.email());
    return Optional.ofNullable(
            entities
                .createQuery(
                    "select u from User u join fetch u.role where u.ssoSubject = :subject",
                    User.class)
                .setParameter("subject", identity.subject())
                .getSingleResultOrNull())
        .or(() -> users.unverified(email))
        .or(() -> users.unverified(organisation.id(), email));
  }

  private Optional<Role> role(OrganisationId organisationId, @Nullable String name) {
    return name == null
        ? Optional.empty()
        : Optional.ofNullable(
                entities
                    .createQuery(
                        "select r from Role r where r.organisationId = :organisation and r.name = :name",
                        Role.class)
                    .setParameter("organisation", organisationId)
                    .setParameter("name", name)
                    .getSingleResultOrNull())
            .filter(signed::genuine);
  }

  private User create(
      Organisation organisation, VerifiedIdentity identity, Role role, String address) {
    User user = invitations.invite(organisation.id(), identity.email(), role);
    audit.append(
        organisation.id(),
        Users.actor(user, address),
        AuditAction.USER_CREATED,
        Users.subject(user),
        Map.of("how", identity.how(), "role", role.name()));
    return user;
  }

  private void follow(User user, Role role, String how, String address) {
    Role before = user.role();
    if (!before.id().equals(role.id())) {
      user.role(role, signed.key());
      record(
          user,
          address,
          AuditAction.USER_ROLE_CHANGED,
          Map.of("how", how, "from", before.name(), "to", role.name()));
    }
  }

  private void record(User user, String address, AuditAction action, Map<String, ?> details) {
    audit.append(
        user.organisationId(), Users.actor(user, address), action, Users.subject(user), details);
  }
}
