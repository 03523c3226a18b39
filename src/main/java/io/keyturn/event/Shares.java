package io.keyturn.event;

import io.keyturn.organisation.OrganisationId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Gives each organisation a part of some threads. What is more waits for its turn. */
public final class Shares {
  private final Executor threads;
  private final int most;
  private final Map<OrganisationId, Share> shares = new HashMap<>();

  private static final class Share {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;
  }

  /**
   * Makes the shares.
   *
   * @param most so many tasks of an organisation run at the same time
   */
  public Shares(Executor threads, int most) {
    this.threads = threads;
    this.most = most;
  }

  /** Runs a task when the organisation has a thread for it. */
  public synchronized void execute(OrganisationId organisation, Runnable task) {
    Share share = shares.computeIfAbsent(organisation, id -> new Share());
    share.waiting.add(task);
    next(organisation, share);
  }

  private void next(OrganisationId organisation, Share share) {
    Runnable task = share.running < most ? share.waiting.poll() : null;
    if (task != null) {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              ended(organisation, share);
            }
          });
      share.running++;
    }
  }

  private synchronized void ended(OrganisationId organisation, Share share) {
    share.running--;
    next(organisation, share);
    if (share.running == 0) {
      shares.remove(organisation);
    }
  }
}
