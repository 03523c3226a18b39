package io.keyturn.organisation;

import io.keyturn.database.Announced;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant. All other data belong to exactly one organisation. */
@Entity
public class Organisation implements Announced {
  /**
   * The id of the platform itself, which is no organisation. The operator's actions are recorded
   * under it.
   */
  public static final OrganisationId PLATFORM = new OrganisationId(new UUID(0, 0));

  @Id private OrganisationId id;
  private String domain;
  private String name;
  private boolean strict;
  private @Nullable Instant suspendedAt;
  private Instant createdAt;
  @Version private int version;

  protected Organisation() {}

  Organisation(OrganisationId id, String domain, String name, Instant createdAt) {
    this.id = id;
    this.domain = domain;
    this.name = name;
    this.createdAt = createdAt;
  }

  public OrganisationId id() {
    return id;
  }

  @Override
  public UUID announcedAs() {
    return id.value();
  }

  /** The first label of the organisation's host: {@code demo} in {@code demo.example.com}. */
  public String domain() {
    return domain;
  }

  public String name() {
    return name;
  }

  /** Whether secrets are shown only once, and never sealed. */
  public boolean strict() {
    return strict;
  }

  /** Whether none of this organisation's people and keys is admitted. */
  public boolean suspended() {
    return suspendedAt != null;
  }

  /** When the organisation was suspended; null when it is not suspended. */
  public @Nullable Instant suspendedAt() {
    return suspendedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Grows with each change of the organisation itself. */
  public int version() {
    return version;
  }

  /**
   * Renames the organisation.
   *
   * @param line 1 to 200 characters
   */
  public void rename(String line) {
    name = line;
  }

  /** Switches strict mode on or off. */
  public void strict(boolean wanted) {
    strict = wanted;
  }

  /** Suspends the organisation: none of its people and keys is admitted. */
  public void suspend(Instant now) {
    suspendedAt = now;
  }

  /** Ends the suspension. */
  public void resume() {
    suspendedAt = null;
  }
}
