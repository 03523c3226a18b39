package io.keyturn.quota;

import io.keyturn.config.Settings;
import io.keyturn.limit.Buckets;
import io.keyturn.organisation.OrganisationId;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Limits the requests of all keys of an organisation on one node, so that no organisation takes the
 * node's capacity from the others. Each node limits by itself, because the limit protects the node.
 */
@ApplicationScoped
public class OrganisationRate {
  @Inject private Settings settings;

  private int perMinute;
  private Buckets<OrganisationId> left;

  @PostConstruct
  void fill() {
    perMinute = settings.organisationRequestsPerMinute();
    left = new Buckets<>(perMinute, perMinute);
  }

  public int perMinute() {
    return perMinute;
  }

  /** After how many seconds a request would be accepted; 0 for now. Does not count a request. */
  public long secondsToWait(OrganisationId organisationId) {
    return left.secondsToWait(organisationId);
  }

  /**
   * Counts a request that was accepted, even above the limit: other requests may have been accepted
   * at the same moment.
   */
  public void accepted(OrganisationId organisationId) {
    left.takeAnyway(organisationId);
  }
}
