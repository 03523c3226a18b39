package io.keyturn.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Keeps most threads of the server in reserve, where they wait for nothing. The server hands each
 * request to the thread that has been idle for longest, and wakes it, however busy the processors
 * are. With many idle threads that costs a third of the throughput. But many requests may wait at
 * the same time, for the database or for a slow sender, and others must find a thread nevertheless.
 * So as many threads are idle as the processors need, and for each request that takes long the
 * reserve gives two more. Decision record 0044 has the figures.
 */
@ApplicationScoped
public class ThreadReserve {
  /** How long a request may take before the reserve replaces its thread. */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  private static final long LOOK_MILLIS = 20;

  /** The number of looks, one after the other, that find too few threads in reserve. */
  private static final int CALM = 100;

  @Resource private ManagedExecutorService executor;

  /** {@code coreThreads} of the server; 0 where server.xml does not say, and no thread is kept. */
  @Inject
  @ConfigProperty(name = "keyturn.executor.threads", defaultValue = "0")
  private int threads;

  /** When the request of each thread began, in nanoseconds; 0 between requests. */
  private final Cache<Thread, AtomicLong> begun = Caffeine.newBuilder().weakKeys().build();

  private final ThreadLocal<AtomicLong> ofThread =
      ThreadLocal.withInitial(() -> begun.get(Thread.currentThread(), t -> new AtomicLong()));

  private final Semaphore released = new Semaphore(0);
  private int kept;
  private int calm;
  private @Nullable Thread watch;

  /** Begins to keep threads. */
  public void start() {
    start(executor, threads, 2 * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Begins to keep threads.
   *
   * @param pool the threads
   * @param size the number of its threads
   * @param ready how many of them are never kept
   */
  synchronized void start(Executor pool, int size, int ready) {
    if (watch != null || size <= ready) {
      return;
    }
    keep(pool, size - ready);
    // A thread of its own: it is there for the time when the server has no other.
    watch = new Thread(() -> watch(pool, size - ready), "thread-reserve");
    watch.setDaemon(true);
    watch.start();
  }

  /** Gives all threads back, for otherwise the server could not stop. */
  @PreDestroy
  synchronized void stop() {
    if (watch != null) {
      watch.interrupt();
      watch = null;
      released.release(kept);
      kept = 0;
    }
  }

  /** A request begins on this thread. */
  void begins() {
    ofThread.get().setRelease(System.nanoTime() | 1);
  }

  /** The request of this thread ends. */
  void ends() {
    ofThread.get().setRelease(0);
  }

  private void watch(Executor pool, int most) {
    try {
      while (true) {
        Thread.sleep(LOOK_MILLIS);
        look(pool, most);
      }
    } catch (InterruptedException e) {
      // The application stops.
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look(Executor pool, int most) {
    if (watch != Thread.currentThread()) {
      return;
    }
    long now = System.nanoTime();
    long taken =
        begun.asMap().values().stream()
            .mapToLong(AtomicLong::getAcquire)
            .filter(since -> since != 0 && now - since > LONG_NANOS)
            .count();
    int wanted = (int) Math.max(0, most - 2 * taken);
    if (wanted < kept) {
      released.release(kept - wanted);
      kept = wanted;
    }
    calm = wanted > kept ? calm + 1 : 0;
    if (calm >= CALM) {
      keep(pool, wanted);
    }
  }

  private void keep(Executor pool, int wanted) {
    while (kept < wanted) {
      pool.execute(released::acquireUninterruptibly);
      kept++;
    }
    calm = 0;
  }
}
