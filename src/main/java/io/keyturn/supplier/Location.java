package io.keyturn.supplier;

import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.util.UUID;

/** A part of the buyer's own structure that suppliers deliver to. */
@Entity
public class Location {
  @Id private UUID id;
  private OrganisationId organisationId;
  private String name;
  private byte[] sortName;

  protected Location() {}

  Location(UUID id, OrganisationId organisationId, String name) {
    this.id = id;
    this.organisationId = organisationId;
    this.name = name;
    this.sortName = Names.sortKey(name);
  }

  public UUID id() {
    return id;
  }

  public OrganisationId organisationId() {
    return organisationId;
  }

  public String name() {
    return name;
  }

  /** The sort key of its name. */
  byte[] sortName() {
    return sortName.clone();
  }
}
