package io.keyturn.database;

/**
 * Whether somebody who is asked again and again answers. It counts beats of the asking thread, not
 * time: a pause of this process, in which nobody can take an answer, is one beat and no silence.
 */
final class Pulse {
  private static final long NEVER = -1;

  private final int silence;
  private final int again;
  private long beat;
  private long askedAt = NEVER;
  private boolean hangs;

  /**
   * Nothing is asked yet.
   *
   * @param silence after how many beats without an answer it hangs
   * @param again after how many beats without an answer one more question is asked, each time
   */
  Pulse(int silence, int again) {
    this.silence = silence;
    this.again = again;
  }

  /** Goes on by one beat. Says whether to ask now: after each answer, and now and then without. */
  synchronized boolean next() {
    beat++;
    if (askedAt == NEVER) {
      askedAt = beat;
      return true;
    }
    hangs = silentFor() >= silence;
    return silentFor() % again == 0;
  }

  /** The number of this beat, which whoever asks keeps till the answer. */
  synchronized long beat() {
    return beat;
  }

  /** There was an answer. */
  synchronized void answered() {
    askedAt = NEVER;
    hangs = false;
  }

  /**
   * There was a failure. A prompt one is an answer too; a late one is the end of a connection.
   *
   * @param asked the beat in which that was asked
   */
  synchronized void failed(long asked) {
    if (beat - asked < silence) {
      answered();
    }
  }

  /** Whether it is known to hang. */
  synchronized boolean hangs() {
    return hangs;
  }

  /** How many beats ago the oldest question without an answer was asked. */
  synchronized long silentFor() {
    return askedAt == NEVER ? 0 : beat - askedAt;
  }
}
