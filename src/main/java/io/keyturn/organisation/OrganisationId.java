package io.keyturn.organisation;

import java.io.Serializable;
import java.util.UUID;

/** The id of an organisation. */
public record OrganisationId(UUID value) implements Comparable<OrganisationId>, Serializable {
  /** A new id. */
  public static OrganisationId random() {
    return new OrganisationId(UUID.randomUUID());
  }

  @Override
  public int compareTo(OrganisationId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
