package io.keyturn.access;

import java.io.Serializable;
import java.util.UUID;

/** The id of a person who signs in. */
public record PersonId(UUID value) implements Comparable<PersonId>, Serializable {
  /** A new id. */
  public static PersonId random() {
    return new PersonId(UUID.randomUUID());
  }

  @Override
  public int compareTo(PersonId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
