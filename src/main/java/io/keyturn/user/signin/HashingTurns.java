package io.keyturn.user.signin;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Hashes fewer passwords at the same time than the machine has cores, so that one core stays free
 * for the API. A few more requests wait for their turn; all others are refused at once, because a
 * waiting request holds a server thread. Known places have a queue of their own, which unknown
 * senders cannot fill.
 */
final class HashingTurns {
  private static final int STRANGERS = 8;
  private static final int KNOWN = 16;

  private final Semaphore turns;
  private final Semaphore strangers;
  private final Semaphore known;

  /**
   * Creates the turns for a machine.
   *
   * @param cores of the machine
   */
  HashingTurns(int cores) {
    int atATime = Math.max(1, cores - 1);
    turns = new Semaphore(atATime, true);
    strangers = new Semaphore(STRANGERS * atATime);
    known = new Semaphore(KNOWN * atATime);
  }

  /**
   * Waits for a turn and runs the work.
   *
   * @param knownPlace whether the password comes from a known place
   * @throws ProblemException 503 at once, when too many requests wait
   */
  <T> T in(boolean knownPlace, Supplier<T> work) {
    Semaphore queue = knownPlace ? known : strangers;
    if (!queue.tryAcquire()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE,
          "Too many people sign in at once. Please try again in a few seconds.");
    }
    try {
      turns.acquire();
      try {
        return work.get();
      } finally {
        turns.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      queue.release();
    }
  }
}
