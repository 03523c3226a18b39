package io.keyturn.support;

import java.time.Duration;

/** For what is promised soon rather than at once. */
public final class Eventually {
  private Eventually() {}

  /** Repeats an assertion till it holds; the platform's promises to all nodes are for a second. */
  public static void within1s(Runnable assertion) {
    within(Duration.ofSeconds(1), assertion);
  }

  public static void within(Duration patience, Runnable assertion) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      boolean last = System.nanoTime() > end;
      try {
        assertion.run();
        return;
      } catch (AssertionError e) {
        if (last) {
          throw e;
        }
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
