package io.keyturn.http;

import io.keyturn.network.AddressBlock;
import io.keyturn.problem.Failure;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wait for one request's body. The server lends a thread for it, so it has a total deadline,
 * however steadily the body drips, and only so many wait at a time, of one address and in all: the
 * server's other threads go on answering. A proxy before us hands on whole requests and never waits
 * here.
 */
final class SlowBody implements AutoCloseable {
  /** From the first byte that is read to the last one. A single read may take 10 s longer. */
  static final Duration DEADLINE = Duration.ofSeconds(20);

  /** How many bodies are waited for at a time; fewer than the server has threads. */
  static final int MOST = 48;

  /** How many of them come from one address, or one /64 of IPv6. */
  static final int MOST_OF_ADDRESS = 16;

  private static final Waiting WAITING = new Waiting(MOST, MOST_OF_ADDRESS);

  private final String address;
  private String sender = "";
  private long begun;
  private boolean waiting;

  SlowBody(String address) {
    this.address = address;
  }

  /** Reads some of it. */
  interface Read {
    /** As {@link java.io.InputStream#read()} and its siblings: negative at the end. */
    int read() throws IOException;
  }

  /**
   * Reads within the deadline.
   *
   * @throws ProblemException 408 when it is over; 503 when too many are waited for
   */
  int read(Read read) throws IOException {
    if (begun == 0) {
      begun = System.nanoTime();
      sender = AddressBlock.budgetKey(address);
      waiting = WAITING.enter(sender);
      if (!waiting) {
        throw new ProblemException(
                ProblemType.UNAVAILABLE, "Too many bodies of requests arrive slowly. Please retry.")
            .header("Connection", "close");
      }
    }
    int count;
    try {
      count = read.read();
    } catch (IOException e) {
      if (Failure.causes(e).anyMatch(SocketTimeoutException.class::isInstance)) {
        throw tooSlow();
      }
      throw e;
    }
    if (count < 0) {
      close();
    } else if (System.nanoTime() - begun > DEADLINE.toNanos()) {
      throw tooSlow();
    }
    return count;
  }

  private ProblemException tooSlow() {
    close();
    return new ProblemException(
            ProblemType.REQUEST_TIMEOUT,
            "The body did not arrive within " + DEADLINE.toSeconds() + " seconds.")
        .header("Connection", "close");
  }

  /** Nobody reads on. */
  @Override
  public void close() {
    if (waiting) {
      waiting = false;
      WAITING.leave(sender);
    }
  }

  /** How many wait, in all and by address. */
  static final class Waiting {
    private final int most;
    private final int mostOfAddress;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private int all;

    Waiting(int most, int mostOfAddress) {
      this.most = most;
      this.mostOfAddress = mostOfAddress;
    }

    synchronized boolean enter(String address) {
      @Nullable Integer own = byAddress.get(address);
      if (all >= most || (own != null && own >= mostOfAddress)) {
        return false;
      }
      all++;
      byAddress.merge(address, 1, Integer::sum);
      return true;
    }

    synchronized void leave(String address) {
      all--;
      byAddress.computeIfPresent(address, (a, own) -> own == 1 ? null : own - 1);
    }
  }
}
