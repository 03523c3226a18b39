package io.keyturn.http;

/** An answer about one object that has a version: {@link EntityTagFilter} sends it as its ETag. */
public interface Versioned {
  /** Grows with each change. */
  int version();
}
