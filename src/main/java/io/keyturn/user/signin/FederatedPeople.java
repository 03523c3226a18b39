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
  @Inject private AdministratorRights supervision;
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
  public record Vouched(
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
      String domain, @Nullable String hostDomain, Vouched vouched, String address) {
    Organisation organisation =
        organisations.byDomain(domain).filter(o -> !o.suspended()).orElse(null);
    if (organisation == null || (hostDomain != null && !hostDomain.equals(domain))) {
      return new Admission.Refused(SsoRefusal.CLOSED);
    }
    supervision.begin(organisation.id());
    Admission admission = admit(organisation, vouched, address);
    if (admission instanceof Admission.Refused refused) {
      audit.append(
          organisation.id(),
          Actor.SYSTEM,
          AuditAction.SIGN_IN_REFUSED,
          new Subject("user", null, named(vouched)),
          Map.of("how", vouched.how(), "why", refused.why().code(), "from", address));
    }
    return admission;
  }

  /** The person's name in the audit log, which must hold no malformed address. */
  private static String named(Vouched vouched) {
    return Invitations.isAddress(vouched.email()) ? vouched.email() : "without an email address";
  }

  private Admission admit(Organisation organisation, Vouched vouched, String address) {
    if (!vouched.emailVerified() || !Invitations.isAddress(vouched.email())) {
      return new Admission.Refused(SsoRefusal.EMAIL_NOT_VERIFIED);
    }
    Role role = role(organisation.id(), vouched.role()).orElse(null);
    if (role == null) {
      return new Admission.Refused(SsoRefusal.NO_ROLE);
    }
    User known = known(organisation, vouched).orElse(null);
    if (known != null) {
      users.lock(known.id());
      SsoRefusal why = refusal(organisation, known, vouched, role);
      if (why != null) {
        return new Admission.Refused(why);
      }
    }
    User user = known == null ? create(organisation, vouched, role, address) : known;
    if (user.standing() == User.Standing.INVITED) {
      user.join(
          OneLine.orElse(vouched.name(), LONGEST_NAME, vouched.email()),
          clock.instant(),
          signed.key());
      links.withdraw(user);
      record(user, address, AuditAction.USER_JOINED, Map.of("how", vouched.how()));
    }
    follow(user, role, vouched.how(), address);
    user.ssoSubject(vouched.subject(), signed.key());
    record(user, address, AuditAction.SIGNED_IN, Map.of("how", vouched.how()));
    return new Admission.Admitted(user);
  }

  private @Nullable SsoRefusal refusal(
      Organisation organisation, User known, Vouched vouched, Role role) {
    if (!signed.genuine(known)) {
      return SsoRefusal.TAMPERED;
    }
    String subject = known.ssoSubject();
    if (!known.organisationId().equals(organisation.id())
        || (subject != null && !subject.equals(vouched.subject()))) {
      return SsoRefusal.OTHER_ACCOUNT;
    }
    if (known.standing() == User.Standing.DEACTIVATED) {
      return SsoRefusal.DEACTIVATED;
    }
    return !known.role().id().equals(role.id()) && supervision.isLastAdministrator(known)
        ? SsoRefusal.LAST_ADMINISTRATOR
        : null;
  }

  private Optional<User> known(Organisation organisation, Vouched vouched) {
    String email = Users.normal(vouched.email());
    return Optional.ofNullable(
            entities
                .createQuery(
                    "select u from User u join fetch u.role where u.ssoSubject = :subject",
                    User.class)
                .setParameter("subject", vouched.subject())
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

  private User create(Organisation organisation, Vouched vouched, Role role, String address) {
    User user = invitations.invite(organisation.id(), vouched.email(), role);
    audit.append(
        organisation.id(),
        Users.actor(user, address),
        AuditAction.USER_CREATED,
        Users.subject(user),
        Map.of("how", vouched.how(), "role", role.name()));
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
