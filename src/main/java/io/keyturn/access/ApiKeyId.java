package io.keyturn.access;

import java.io.Serializable;
import java.util.UUID;

/** The id of an API key. It never changes. */
public record ApiKeyId(UUID value) implements Comparable<ApiKeyId>, Serializable {
  /** A new id. */
  public static ApiKeyId random() {
    return new ApiKeyId(UUID.randomUUID());
  }

  @Override
  public int compareTo(ApiKeyId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
