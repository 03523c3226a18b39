package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.secret.Secret;
import io.keyturn.usage.Client;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What JMH calls for {@link VerifierBenchmark}: the verifier over keys that are in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MeasuredVerifier {
  private static final Client CLIENT = Client.of("192.0.2.7", "curl/8");

  /** A prime, so that neighbours in memory are not asked for in turn. */
  private static final int STEP = 611_953;

  /** How many keys are in memory. */
  @Param({"1000", "100000", "1000000"})
  public int keys;

  private ManyKeys many;
  private String[] unknown;
  private String[] malformed;
  private Cache<ByteBuffer, Boolean> cache;

  /** Which key a thread asks for next. */
  @State(Scope.Thread)
  public static class Place {
    private int last;

    private String next(String[] texts) {
      last = (int) ((last + (long) STEP) % texts.length);
      return texts[last];
    }
  }

  /** Creates the keys, and checks that what is measured is right. */
  @Setup
  public void fill() {
    many = new ManyKeys(keys);
    many.lookUp();
    unknown = new String[1_000];
    malformed = new String[1_000];
    cache = Caffeine.newBuilder().maximumSize(2L * keys).build();
    for (int i = 0; i < unknown.length; i++) {
      unknown[i] = Secret.random("kt", "live").reveal();
      malformed[i] = unknown[i].substring(0, 56) + (unknown[i].endsWith("0") ? '1' : '0');
    }
    for (String text : many.secrets) {
      cache.put(ByteBuffer.wrap(many.digest(text)), true);
    }
    int asked = many.asked;
    Place place = new Place();
    for (int i = 0; i < 1_000; i++) {
      assertThat(request(place)).isInstanceOf(Verification.Accepted.class);
      assertThat(hit(place)).isEqualTo(Optional.empty());
      assertThat(floor(place)).isTrue();
      assertThat(malformed(place)).isInstanceOf(Verification.Malformed.class);
    }
    assertThat(many.asked).as("queries").isEqualTo(asked);
    assertThat(unknown(place)).isTrue();
    assertThat(many.asked).as("queries").isEqualTo(asked + 1);
  }

  private Verification verify(String text) {
    return many.secrets()
        .verify(new PresentedSecret(text, Optional.empty(), CLIENT, "192.0.2.7", Use.REQUEST));
  }

  /** The verifier: form and checksum, digest, look-up, organisation and deadlines. */
  @Benchmark
  public Object hit(Place place) {
    KnownCredential found = many.find(place.next(many.secrets));
    return found != null && found.belongsTo(Optional.empty())
        ? found.refusal(Instant.now())
        : Optional.of("unknown");
  }

  /** A well-formed secret that nobody has; the database answers at once. */
  @Benchmark
  public boolean unknown(Place place) {
    return many.find(place.next(unknown)) == null;
  }

  /** A mistyped secret. */
  @Benchmark
  public Object malformed(Place place) {
    return verify(place.next(malformed));
  }

  /** All that a request with a right secret costs, with networks, quotas and the noted use. */
  @Benchmark
  public Object request(Place place) {
    return verify(place.next(many.secrets));
  }

  /** The floor: one HMAC-SHA-256 of a secret and one look-up. */
  @Benchmark
  public boolean floor(Place place) {
    return cache.getIfPresent(ByteBuffer.wrap(many.digest(place.next(many.secrets)))) != null;
  }
}
