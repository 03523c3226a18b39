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
 * The wait for a request's body. Waiting holds a server thread, so there is a total deadline,
 * however steadily the body drips. The number of waiting requests is limited for each address and
 * in total, so that the server's other threads go on answering. A proxy before the server forwards
 * whole requests and never waits here.
 */
final class SlowBody implements AutoCloseable {
  /**
   * From the first byte read to the last byte, for a body without a file. A single read may take 10
   * s longer.
   */
  static final Duration DEADLINE = Duration.ofSeconds(20);

  /** For each second more than the deadline, a body must have this many bytes. */
  private static final long BYTES_PER_SECOND = 128 * 1024;

  /** The most bodies that are waited for at the same time; fewer than the server has threads. */
  static final int MOST = 48;

  /** The most of them from one address, or from one /64 of IPv6. */
  static final int MOST_OF_ADDRESS = 16;

  private static final Waiting WAITING = new Waiting(MOST, MOST_OF_ADDRESS);

  private final String address;
  private String sender = "";
  private long begun;
  private boolean waiting;

  SlowBody(String address) {
    this.address = address;
  }

  /** One read from the body. */
  interface Read {
    /** Like {@link java.io.InputStream#read()} and its siblings: negative at the end. */
    int read() throws IOException;
  }

  /**
   * Reads within the deadline.
   *
   * @param before how many bytes were read before, each of which prolongs it
   * @throws ProblemException 408 after the deadline; 503 when too many requests wait
   */
  int read(long before, Read read) throws IOException {
    if (begun == 0) {
      begun = System.nanoTime();
      sender = AddressBlock.budgetKey(address);
      waiting = WAITING.enter(sender);
      if (!waiting) {
        throw new ProblemException(
                ProblemType.UNAVAILABLE, "Too many request bodies arrive slowly. Please retry.")
            .header("Connection", "close");
      }
    }
    int count;
    try {
      count = read.read();
    } catch (IOException e) {
      if (Failure.causes(e).anyMatch(SocketTimeoutException.class::isInstance)) {
        throw tooSlow(before);
      }
      throw e;
    }
    if (count < 0) {
      close();
    } else if (System.nanoTime() - begun > deadline(before).toNanos()) {
      throw tooSlow(before);
    }
    return count;
  }

  private static Duration deadline(long bytes) {
    return DEADLINE.plusSeconds(bytes / BYTES_PER_SECOND);
  }

  private ProblemException tooSlow(long bytes) {
    close();
    return new ProblemException(
            ProblemType.REQUEST_TIMEOUT,
            "The body did not arrive within " + deadline(bytes).toSeconds() + " seconds.")
        .header("Connection", "close");
  }

  /** Ends the wait. */
  @Override
  public void close() {
    if (waiting) {
      waiting = false;
      WAITING.leave(sender);
    }
  }

  /** The number of waiting requests, in total and by address. */
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
