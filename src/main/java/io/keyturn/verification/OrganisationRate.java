package io.keyturn.verification;

import io.keyturn.platform.Buckets;
import io.keyturn.platform.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * How many requests all keys of an organisation may make on one node, so that none takes the others
 * the node away. Each node limits by itself: what is protected is the node.
 */
@ApplicationScoped
class OrganisationRate {
  @Inject private Settings settings;

  private Buckets<UUID> left;

  @PostConstruct
  void fill() {
    int perMinute = settings.organisationRequestsPerMinute();
    left = new Buckets<>(perMinute, perMinute);
  }

  /**
   * Takes one request.
   *
   * @return 0 when it is accepted, else after how many seconds one would be
   */
  long take(UUID organisationId) {
    return left.take(organisationId);
  }
}
