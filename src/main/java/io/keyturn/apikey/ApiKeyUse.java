package io.keyturn.apikey;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;

/** When a key was last used; apart from the key, for it is written without its version. */
@Entity
class ApiKeyUse {
  @Id private UUID apiKeyId;
  private UUID organisationId;
  private Instant lastUsedAt;

  protected ApiKeyUse() {}
}
