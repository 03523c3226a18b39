package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a body counts as one that is waited for. */
class BoundedStreamTest {
  private static final byte[] BODY = "{\"grace\":3600}".getBytes(StandardCharsets.UTF_8);
  private static final String ADDRESS = "192.0.2.77";

  private static final class Arrived extends ServletInputStream {
    private final ByteArrayInputStream bytes = new ByteArrayInputStream(BODY);

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  /** Requests of one address that read their last byte but not the end, and are still at work. */
  private static List<SlowBody> atWork(int count, long length) throws IOException {
    List<SlowBody> bodies = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        SlowBody body = new SlowBody(ADDRESS);
        bodies.add(body);
        assertThat(new BoundedStream(new Arrived(), body, 1_000, length).readNBytes(BODY.length))
            .isEqualTo(BODY);
      }
    } finally {
      bodies.forEach(SlowBody::close);
    }
    return bodies;
  }

  @Test
  void bodyThatHasArrivedIsNotWaitedForWhileItsRequestIsAtWork() throws IOException {
    assertThat(atWork(3 * SlowBody.MOST, BODY.length)).hasSize(3 * SlowBody.MOST);
  }

  @Test
  void bodyOfUnknownLengthIsWaitedForUntilItsEnd() {
    assertThatThrownBy(() -> atWork(SlowBody.MOST_OF_ADDRESS + 1, -1))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Too many request bodies");
  }

  @Test
  void tooManyBytesAreRefusedWhateverTheLengthSays() {
    SlowBody body = new SlowBody(ADDRESS);
    assertThatThrownBy(
            () -> new BoundedStream(new Arrived(), body, BODY.length - 1, 5).readAllBytes())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("larger than " + (BODY.length - 1) + " bytes");
    body.close();
  }
}
