package io.keyturn.database;

/**
 * Whether a service that is queried repeatedly still answers. It counts beats of the querying
 * thread, not time: a pause of this process, in which no answer can be received, is one beat and no
 * silence.
 */
final class Pulse {
  private static final long NEVER = -1;

  private final int silence;
  private final int again;
  private long beat;
  private long askedAt = NEVER;
  private boolean hangs;

  /**
   * Begins without a query.
   *
   * @param silence after how many beats without an answer the service counts as hanging
   * @param again after how many beats without an answer the query is repeated, each time
   */
  Pulse(int silence, int again) {
    this.silence = silence;
    this.again = again;
  }

  /**
   * Advances by one beat. Returns whether to query now: after each answer, and at intervals without
   * one.
   */
  synchronized boolean next() {
    beat++;
    if (askedAt == NEVER) {
      askedAt = beat;
      return true;
    }
    hangs = silentFor() >= silence;
    return silentFor() % again == 0;
  }

  /** The number of this beat, which the querying thread keeps until the answer. */
  synchronized long beat() {
    return beat;
  }

  /** Notes an answer. */
  synchronized void answered() {
    askedAt = NEVER;
    hangs = false;
  }

  /**
   * Notes a failure. A prompt failure counts as an answer; a late failure is only the end of a
   * connection.
   *
   * @param asked the beat of the query
   */
  synchronized void failed(long asked) {
    if (beat - asked < silence) {
      answered();
    }
  }

  /** Whether the service counts as hanging. */
  synchronized boolean hangs() {
    return hangs;
  }

  /** The number of beats since the oldest unanswered query. */
  synchronized long silentFor() {
    return askedAt == NEVER ? 0 : beat - askedAt;
  }
}
