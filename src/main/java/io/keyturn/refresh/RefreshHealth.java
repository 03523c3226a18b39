package io.keyturn.refresh;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether this node can serve requests, which is whether the database answers, and how far the
 * automatic refresh is. Keys that wait for their refresh do not make a node unready, because
 * another node would not be faster.
 */
@Readiness
@ApplicationScoped
public class RefreshHealth implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(RefreshHealth.class.getName());

  @Inject private RefreshBatch batch;
  @Inject private RefreshProgress progress;

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder response =
        HealthCheckResponse.named("automatic-refresh")
            .withData("keys_refreshed_by_this_node", progress.refreshed())
            .withData("last_wake_up", progress.failing() ? "failed" : "well");
    progress.lastBatchAt().ifPresent(at -> response.withData("last_batch_at", at.toString()));
    try {
      return response.withData("keys_due", batch.due()).up().build();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "not ready: the database does not answer: {0}", e.getMessage());
      return response.withData("database", "does not answer").down().build();
    }
  }
}
