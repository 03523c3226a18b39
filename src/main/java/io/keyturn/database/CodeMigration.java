package io.keyturn.database;

import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/** A migration in Java, for what no SQL does alike on both databases. One transaction. */
public abstract class CodeMigration implements JavaMigration {
  private final String version;
  private final String description;

  /**
   * The migration with this version.
   *
   * @param description as the schema's history tells it
   */
  protected CodeMigration(String version, String description) {
    this.version = version;
    this.description = description;
  }

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion(version);
  }

  @Override
  public String getDescription() {
    return description;
  }

  /** Null: the code may be tidied up later. */
  @Override
  public @Nullable Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }
}
