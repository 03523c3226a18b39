package io.keyturn.refresh;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How far this node's automatic refresh is, for the log, the health endpoint and the first page.
 */
@ApplicationScoped
public class RefreshProgress {
  private static final Logger LOG = Logger.getLogger(RefreshProgress.class.getName());
  private static final int SAID_EACH = 10_000;

  @Inject private Clock clock;

  private final AtomicLong refreshed = new AtomicLong();
  private volatile @Nullable Instant lastBatchAt;
  private volatile boolean failing;

  /**
   * Records a transaction that refreshed keys.
   *
   * @param before how many keys this wake-up refreshed before that transaction
   */
  void refreshed(long before, int some) {
    refreshed.addAndGet(some);
    lastBatchAt = clock.instant();
    if ((before + some) / SAID_EACH > before / SAID_EACH) {
      LOG.log(Level.INFO, "refreshed keys so far: {0}", before + some);
    }
  }

  /** Records the end of a wake-up. */
  void ended(boolean well) {
    failing = !well;
  }

  /** How many keys this node has refreshed since it started. */
  long refreshed() {
    return refreshed.get();
  }

  /** When this node last refreshed a key. */
  public Optional<Instant> lastBatchAt() {
    return Optional.ofNullable(lastBatchAt);
  }

  /** Whether the last wake-up failed. */
  public boolean failing() {
    return failing;
  }
}
