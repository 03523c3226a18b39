package io.keyturn.refresh;

import io.keyturn.config.Settings;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/**
 * Runs batches until nothing is left. On PostgreSQL two workers do so side by side, because the
 * work of the database is most of a batch: while one worker waits for the database, the other
 * prepares its next rows. They share the work as two nodes do. The embedded database has one
 * writer, and so one worker.
 */
@ApplicationScoped
class RefreshWorkers {
  @Inject private Settings settings;
  @Resource private ManagedExecutorService executor;

  /**
   * Runs batches until nothing is left. The second worker starts only after a full batch.
   *
   * @param batch runs one transaction, and returns how many keys it refreshed
   * @param refreshed is told of each transaction that refreshed keys; by two threads
   * @throws RuntimeException of a batch, after both workers have ended
   */
  void run(IntSupplier batch, IntConsumer refreshed) {
    int first = batch.getAsInt();
    if (first == 0) {
      return;
    }
    refreshed.accept(first);
    if (first < RefreshBatch.CLAIM || settings.embedded()) {
      work(batch, refreshed);
      return;
    }
    Future<?> second = executor.submit(() -> work(batch, refreshed));
    try {
      work(batch, refreshed);
    } finally {
      await(second);
    }
  }

  private static void work(IntSupplier batch, IntConsumer refreshed) {
    for (int some = batch.getAsInt(); some > 0; some = batch.getAsInt()) {
      refreshed.accept(some);
    }
  }

  private static void await(Future<?> second) {
    try {
      second.get();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }
}
