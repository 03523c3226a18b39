package io.keyturn.database;

import java.util.UUID;

/** An entity whose changes are announced to all nodes: see {@link RowChanges}. */
public interface Announced {
  /** The id under which the entity's changes are announced. */
  UUID announcedAs();
}
