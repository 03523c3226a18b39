package io.keyturn.quota;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/**
 * When a key was last used and how often. A row of its own, so that writing it does not change the
 * key's version.
 */
@Entity
class ApiKeyUse {
  @Id private UUID apiKeyId;
  private UUID organisationId;
  private Instant lastUsedAt;
  private long requests;
  private long usedDay;
  private long dayRequests;

  protected ApiKeyUse() {}
}
