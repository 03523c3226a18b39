package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import java.util.UUID;

/** A department of the buyer that suppliers work for. */
@Entity
public class Department extends Unit {
  protected Department() {}

  Department(UUID id, OrganisationId organisationId, String name) {
    super(id, organisationId, name);
  }
}
