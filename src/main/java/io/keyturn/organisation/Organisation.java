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
}
