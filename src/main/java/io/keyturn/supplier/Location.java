package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import java.util.UUID;

/** A place of the buyer that suppliers deliver to. */
@Entity
public class Location extends Unit {
  protected Location() {}

  Location(UUID id, OrganisationId organisationId, String name) {
    super(id, organisationId, name);
  }
}
