package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.WebhookReceiver;
import io.keyturn.support.WebhookReceiver.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How quick webhooks are delivered, beside a bare HTTP client that sends the same bodies to the
 * same receivers, in turn: {@code mvn verify -Pbenchmark -Dit.test=WebhookDeliveryBenchmark}. The
 * first round of each warms up and does not count. An event for each webhook is a delivery;
 * Keyturn's time is from the moment at which the webhooks are enabled until all has arrived, and so
 * holds up to a second until its timer wakes, and the making of the deliveries.
 */
class WebhookDeliveryBenchmark {
  private static final int DELIVERIES = Integer.getInteger("keyturn.benchmark.deliveries", 10_000);
  private static final int RECEIVERS = Integer.getInteger("keyturn.benchmark.receivers", 100);
  private static final int ROUNDS = Integer.getInteger("keyturn.benchmark.rounds", 3);
  private static final int EACH = DELIVERIES / RECEIVERS;

  private final List<WebhookReceiver> receivers = new ArrayList<>();

  @ParameterizedTest
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  @EnumSource
  void deliveriesBesideABareClient(TestDatabase database) throws Exception {
    try (KeyturnServer server =
            KeyturnServer.named("webhook-benchmark-" + database)
                .on(database)
                .setting("JVM_ARGS", "-Xmx384m")
                .start();
        CloseableHttpClient bare = bareClient()) {
      WebhookClient client = new WebhookClient(server);
      for (int i = 0; i < RECEIVERS; i++) {
        WebhookReceiver receiver =
            new WebhookReceiver().answering(exchange -> exchange.sendResponseHeaders(204, -1));
        receivers.add(receiver);
        client.create(receiver.url());
      }
      List<Double> rates = new ArrayList<>();
      List<Double> bareRates = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round <= ROUNDS; round++) {
        double rate = keyturn(server, client, (long) round * EACH * 2);
        double bareRate = bare(bare, (long) round * EACH * 2 + EACH);
        System.out.printf(
            Locale.ROOT,
            "%s round %d: Keyturn %.0f/s, bare client %.0f/s, ratio %.2f%n",
            database,
            round,
            rate,
            bareRate,
            rate / bareRate);
        if (round > 0) {
          rates.add(rate);
          bareRates.add(bareRate);
          ratios.add(rate / bareRate);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%s: %d deliveries to %d receivers, Keyturn %.0f/s, bare client %.0f/s, ratio %.2f"
              + " (medians of %d rounds)%n",
          database,
          EACH * RECEIVERS,
          RECEIVERS,
          median(rates),
          median(bareRates),
          median(ratios),
          ROUNDS);
    } finally {
      receivers.forEach(WebhookReceiver::close);
    }
  }

  private static CloseableHttpClient bareClient() {
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnTotal(WebhookSender.MOST)
                .setMaxConnPerRoute(WebhookSender.MOST)
                .build())
        .build();
  }

  /**
   * Keyturn's deliveries in a second.
   *
   * @param before how many each receiver has got so far
   */
  private double keyturn(KeyturnServer server, WebhookClient client, long before) {
    server.control().sql("UPDATE webhook SET state = 'DISABLED'");
    for (int i = 0; i < EACH; i++) {
      client.another("key " + UUID.randomUUID());
    }
    long begin = System.nanoTime();
    server.control().sql("UPDATE webhook SET state = 'ENABLED'");
    server.await("delivering", () -> all(before + EACH));
    return EACH * RECEIVERS / seconds(begin);
  }

  private boolean all(long each) {
    return receivers.stream().allMatch(receiver -> receiver.received().size() >= each);
  }

  /** The bare client's deliveries in a second: to each receiver in order, as Keyturn does. */
  private double bare(CloseableHttpClient client, long before) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WebhookSender.MOST);
    try {
      List<List<Received>> bodies = receivers.stream().map(WebhookReceiver::received).toList();
      List<Future<?>> all = new ArrayList<>();
      long begin = System.nanoTime();
      for (int i = 0; i < RECEIVERS; i++) {
        String url = receivers.get(i).url();
        List<Received> known = bodies.get(i);
        List<Received> last = known.subList(known.size() - EACH, known.size());
        all.add(threads.submit(() -> send(client, url, last)));
      }
      for (Future<?> one : all) {
        one.get();
      }
      double rate = EACH * RECEIVERS / seconds(begin);
      assertThat(all(before + EACH)).isTrue();
      return rate;
    } finally {
      threads.shutdown();
    }
  }

  private static Void send(CloseableHttpClient client, String url, List<Received> bodies)
      throws IOException {
    for (Received body : bodies) {
      HttpPost request = new HttpPost(url);
      request.setEntity(new StringEntity(body.body(), ContentType.APPLICATION_JSON));
      client.execute(
          request,
          answer -> {
            assertThat(answer.getCode()).isEqualTo(204);
            return null;
          });
    }
    return null;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }
}
