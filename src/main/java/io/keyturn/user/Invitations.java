package io.keyturn.user;

import io.keyturn.platform.OneLine;
import io.keyturn.platform.UniqueConstraint;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.problem.SecretText;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes the accounts of people who are invited, whoever invites them. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
class Invitations {
  private static final int LONGEST_EMAIL = 254;
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{C}\\p{Z}]{1,64}@[^@\\s\\p{C}\\p{Z}]{1,189}");

  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * Makes an account whose owner has not joined yet.
   *
   * @throws ProblemException 409 when the address has an account; 422 for {@code email}
   */
  User invite(UUID organisationId, String email, Role role) {
    String address = address(email);
    User person = new User(organisationId, address, "", role, clock.instant());
    refuseTaken(address);
    entities.persist(person);
    try {
      entities.flush();
    } catch (PersistenceException e) {
      if (!UniqueConstraint.violated(e)) {
        throw e;
      }
      // Another organisation took the address between our look and our write.
      throw taken(address);
    }
    return person;
  }

  /** Whether a text will do as somebody's address. */
  static boolean isAddress(String email) {
    return email.length() <= LONGEST_EMAIL
        && EMAIL.matcher(email).matches()
        && !SecretText.in(email);
  }

  static String address(String email) {
    String address = Users.normal(OneLine.of("email", email, LONGEST_EMAIL));
    if (!EMAIL.matcher(address).matches()) {
      throw ProblemException.invalid("email", "must be an address like name@example.com");
    }
    return address;
  }

  private void refuseTaken(String email) {
    boolean taken =
        !entities
            .createQuery("select u.id from User u where u.email = :email", UUID.class)
            .setParameter("email", email)
            .getResultList()
            .isEmpty();
    if (taken) {
      throw taken(email);
    }
  }

  private static ProblemException taken(String email) {
    return new ProblemException(
        ProblemType.CONFLICT, "There is already a user with the address " + email + ".");
  }
}
