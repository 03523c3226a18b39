package io.keyturn.supplier;

import io.keyturn.database.Announced;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.util.UUID;

/** A part of the buyer's own structure. */
@MappedSuperclass
public abstract class Unit implements Announced {
  @Id private UUID id;
  private OrganisationId organisationId;
  private String name;
  private byte[] sortName;

  protected Unit() {}

  Unit(UUID id, OrganisationId organisationId, String name) {
    this.id = id;
    this.organisationId = organisationId;
    rename(name);
  }

  final void rename(String name) {
    this.name = name;
    this.sortName = Names.sortKey(name);
  }

  public UUID id() {
    return id;
  }

  @Override
  public UUID announcedAs() {
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
