package io.keyturn.user.signin;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.http.OneLine;
import io.keyturn.organisation.Organisation;
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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * People for whom a provider of single sign-on, or the server's user registry, vouches. Their role
 * follows what it says, at each sign-in. From the first one on a person is known by the provider's
 * subject, so that an address which it gives to somebody else later opens nobody's account.
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
   * What the provider says of somebody.
   *
   * @param how the audit log calls this way of signing in
   * @param subject issuer and subject, which never change
   * @param role the name of the role that what it says is mapped to; null for none
   */
  public record Vouched(
      String how,
      String subject,
      String email,
      boolean emailVerified,
      String name,
      @Nullable String role) {}

  /** What became of a sign-in. */
  public sealed interface Admission {
    /** The person may enter. */
    record Admitted(User user) implements Admission {}

    /** They may not. */
    record Refused(SsoRefusal why) implements Admission {}
  }

  /**
   * Lets somebody in, who gets an account by that where they have none. A refusal changes nothing
   * and is recorded.
   *
   * @param domain the organisation that this way of signing in leads into
   * @param hostDomain the organisation that the Host names, if it names one
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

  /** What the audit log can hold of somebody who may be anybody. */
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

  private Optional<Role> role(UUID organisationId, @Nullable String name) {
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
