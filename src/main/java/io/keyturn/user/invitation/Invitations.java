package io.keyturn.user.invitation;

import io.keyturn.access.PersonId;
import io.keyturn.database.UniqueConstraint;
import io.keyturn.http.OneLine;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.SecretText;
import io.keyturn.user.Role;
import io.keyturn.user.SignedPeople;
import io.keyturn.user.User;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.regex.Pattern;

/** Creates the accounts of invited people. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Invitations {
  private static final int LONGEST_EMAIL = 254;
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{C}\\p{Z}]{1,64}@[^@\\s\\p{C}\\p{Z}]{1,189}");

  @Inject private Clock clock;
  @Inject private SignedPeople signed;
  @Inject private OneTimeLinks links;
  @PersistenceContext private EntityManager entities;

  /**
   * Creates an account whose owner has not joined yet. The answer does not reveal whether the
   * address has an account in another organisation. Only the owner of the address learns that, when
   * they try to join.
   *
   * @throws ProblemException 409 when the address has an account here; 422 for {@code email}
   */
  public User invite(OrganisationId organisationId, String email, Role role) {
    String address = address(email);
    User person = new User(organisationId, address, "", role, clock.instant(), signed.key());
    refuseTaken(organisationId, address);
    entities.persist(person);
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (!UniqueConstraint.violated(e)) {
        throw e;
      }
      // Another request took the address between the read and the write.
      throw taken(address);
    }
    return person;
  }

  /** Deletes an account and its link. */
  public void remove(User person) {
    links.withdraw(person);
    entities.flush();
    entities.remove(person);
    entities.flush();
  }

  /** Whether a text is a valid email address. */
  public static boolean isAddress(String email) {
    return email.length() <= LONGEST_EMAIL
        && EMAIL.matcher(email).matches()
        && !SecretText.in(email);
  }

  public static String address(String email) {
    String address = Users.normal(OneLine.of("email", email, LONGEST_EMAIL));
    if (!EMAIL.matcher(address).matches()) {
      throw ProblemException.invalid("email", "must be an address like name@example.com");
    }
    return address;
  }

  private void refuseTaken(OrganisationId organisationId, String email) {
    boolean taken =
        !entities
            .createQuery(
                "select u.id from User u where u.organisationId = :organisation"
                    + " and u.email = :email",
                PersonId.class)
            .setParameter("organisation", organisationId)
            .setParameter("email", email)
            .getResultList()
            .isEmpty();
    if (taken) {
      throw taken(email);
    }
  }

  public static ProblemException taken(String email) {
    return ProblemException.taken(
        "email", "There is already a user with the address " + email + ".");
  }
}
