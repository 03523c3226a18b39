package io.keyturn.organisation;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant. All else belongs to exactly one. */
@Entity
public class Organisation {
  /**
   * Not an organisation, but the platform itself: what its operator does is recorded under this id.
   */
  public static final UUID PLATFORM = new UUID(0, 0);

  @Id private UUID id;
  private String domain;
  private String name;
  private boolean strict;
  private @Nullable Instant suspendedAt;
  private Instant createdAt;
  @Version private int version;

  protected Organisation() {}

  Organisation(UUID id, String domain, String name, Instant createdAt) {
    this.id = id;
    this.domain = domain;
    this.name = name;
    this.createdAt = createdAt;
  }

  public UUID id() {
    return id;
  }

  /** The start of the platform domain: {@code demo} in {@code demo.example.com}. */
  public String domain() {
    return domain;
  }

  public String name() {
    return name;
  }

  /** Whether secrets are shown once only, and never sealed. */
  public boolean strict() {
    return strict;
  }

  /** Whether nobody and nothing of this organisation gets in. */
  public boolean suspended() {
    return suspendedAt != null;
  }

  /** Since when nobody and nothing of this organisation gets in; null where all do. */
  public @Nullable Instant suspendedAt() {
    return suspendedAt;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Changes with each change of the organisation itself. */
  public int version() {
    return version;
  }

  /**
   * Gives it another name.
   *
   * @param line 1 to 200 characters
   */
  public void rename(String line) {
    name = line;
  }

  /** From now on secrets are shown once only and not sealed, or are sealed again. */
  public void strict(boolean wanted) {
    strict = wanted;
  }

  /** Shuts everybody and everything of this organisation out. */
  public void suspend(Instant now) {
    suspendedAt = now;
  }

  /** Lets them in again. */
  public void resume() {
    suspendedAt = null;
  }
}
