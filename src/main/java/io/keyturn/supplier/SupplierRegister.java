package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.Locale;

/**
 * What an organisation has given to its suppliers. Its row is locked by whoever gives a number, an
 * external id or an identifier, so that no two suppliers get the same.
 */
@Entity
class SupplierRegister {
  @Id private OrganisationId organisationId;
  private long lastNumber;

  protected SupplierRegister() {}

  SupplierRegister(OrganisationId organisationId) {
    this.organisationId = organisationId;
  }

  OrganisationId organisationId() {
    return organisationId;
  }

  /** The next number. Each is given once. */
  String nextNumber() {
    lastNumber++;
    return number(lastNumber);
  }

  /** Takes the first numbers at once. */
  void take(long count) {
    lastNumber = Math.max(lastNumber, count);
  }

  static String number(long number) {
    return String.format(Locale.ROOT, "S-%06d", number);
  }
}
