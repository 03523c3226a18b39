package io.keyturn.quota;

import io.keyturn.config.Settings;
import io.keyturn.limit.Buckets;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * How many requests all keys of an organisation may make on one node, so that none takes the others
 * the node away. Each node limits by itself: what is protected is the node.
 */
@ApplicationScoped
public class OrganisationRate {
  @Inject private Settings settings;

  private int perMinute;
  private Buckets<UUID> left;

  @PostConstruct
  void fill() {
    perMinute = settings.organisationRequestsPerMinute();
    left = new Buckets<>(perMinute, perMinute);
  }

  public int perMinute() {
    return perMinute;
  }

  /** After how many seconds a request would be accepted; 0 for now. Counts none. */
  public long secondsToWait(UUID organisationId) {
    return left.secondsToWait(organisationId);
  }

  /** Counts a request that was accepted: at the same moment others may have been, too. */
  public void accepted(UUID organisationId) {
    left.takeAnyway(organisationId);
  }
}
