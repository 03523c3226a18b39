package io.keyturn.quota;

import io.keyturn.access.ApiKeyId;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;

/**
 * When a key was last used and how often. A row of its own, so that writing it does not change the
 * key's version.
 */
@Entity
class ApiKeyUse {
  @Id private ApiKeyId apiKeyId;
  private OrganisationId organisationId;
  private Instant lastUsedAt;
  private long requests;
  private long usedDay;
  private long dayRequests;

  protected ApiKeyUse() {}
}
