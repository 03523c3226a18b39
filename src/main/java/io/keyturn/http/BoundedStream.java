package io.keyturn.http;

import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** The body of a request, with a bound of bytes and of time. */
final class BoundedStream extends ServletInputStream {
  private final ServletInputStream stream;
  private final SlowBody slow;
  private final long longest;
  private final long length;
  private long read;

  /**
   * Bounds a stream.
   *
   * @param longest the most bytes
   * @param length how many bytes it has; negative where that is not known
   */
  BoundedStream(ServletInputStream stream, SlowBody slow, long longest, long length) {
    this.stream = stream;
    this.slow = slow;
    this.longest = longest;
    this.length = length;
  }

  static Problem tooLarge(long longest) {
    return Problem.of(
        ProblemType.CONTENT_TOO_LARGE, "The body is larger than " + longest + " bytes.");
  }

  private int count(int n) {
    read += Math.max(n, 0);
    if (read > longest) {
      throw new ProblemException(ProblemType.CONTENT_TOO_LARGE, tooLarge(longest).detail());
    }
    if (length >= 0 && read >= length) {
      // Whoever reads JSON need not read on to the end of the stream. What the request does with
      // the body is no wait for it.
      slow.close();
    }
    return n;
  }

  @Override
  public int read() throws IOException {
    int value;
    try {
      value = slow.read(read, stream::read);
    } catch (IOException e) {
      throw unreadable();
    }
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int from, int length) throws IOException {
    int n;
    try {
      n = slow.read(read, () -> stream.read(buffer, from, length));
    } catch (IOException e) {
      throw unreadable();
    }
    return count(n);
  }

  /**
   * The chunks are broken, the body is not compressed as its coding says, or the client has gone.
   */
  private static ProblemException unreadable() {
    return ProblemException.malformed("The body cannot be read to its end.");
  }

  @Override
  public boolean isFinished() {
    return stream.isFinished();
  }

  @Override
  public boolean isReady() {
    return stream.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    stream.setReadListener(listener);
  }
}
