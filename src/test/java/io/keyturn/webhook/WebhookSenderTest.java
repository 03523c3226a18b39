package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.network.Networks;
import io.keyturn.support.WebhookReceiver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where connections really go, when whoever owns a name answers it as he likes. The name is {@code
 * localhost}: a connection that asked the system again would reach 127.0.0.1, the inner network of
 * this test.
 */
class WebhookSenderTest {
  private static final String INNER = "127.0.0.1";
  private static final String LISTED = "127.0.0.2";

  private final WebhookReceiver inner = new WebhookReceiver();
  private final WebhookReceiver listed =
      new WebhookReceiver(new InetSocketAddress(LISTED, inner.port()));
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

  /** The answers to the look-ups to come, each of which is given once. */
  private final Queue<List<String>> answers = new ArrayDeque<>();

  private final WebhookSender sender = sender(LISTED);

  @AfterEach
  void close() {
    sender.close();
    inner.close();
    listed.close();
    scheduler.shutdownNow();
  }

  private WebhookSender sender(String networks) {
    return new WebhookSender(
        new TargetPolicy(new WebhookSettings(Networks.parse(networks)), this::look),
        Clock.systemUTC(),
        scheduler);
  }

  private InetAddress[] look(String host) throws UnknownHostException {
    List<String> addresses = answers.remove();
    InetAddress[] all = new InetAddress[addresses.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = InetAddress.getByName(addresses.get(i));
    }
    return all;
  }

  private Attempt send(WebhookSender by, String url) {
    return by.send(
        new Deliveries.Claimed(
            UUID.randomUUID(),
            URI.create(url),
            "evt_1",
            "{}",
            List.of(SigningSecret.create()),
            null,
            Instant.EPOCH));
  }

  private Attempt send() {
    return send(sender, "http://localhost:" + inner.port() + "/hook");
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void closing(WebhookReceiver receiver) {
    receiver.answering(
        exchange -> {
          exchange.getResponseHeaders().add("Connection", "close");
          WebhookReceiver.answer(exchange, 200, "");
        });
  }

  @Test
  void nameThatChangesItsAnswerLeadsNowhereElse() {
    closing(listed);
    answers.add(List.of(LISTED));
    answers.add(List.of(INNER));
    assertThat(send().accepted()).isTrue();

    assertThat(send().failure()).isEqualTo(Attempt.Failure.ADDRESS_NOT_ALLOWED);

    assertThat(listed.received()).hasSize(1);
    assertThat(inner.received()).isEmpty();
  }

  /** A second look-up between the check and the connection would find the next answer. */
  @Test
  void connectionGoesToTheAddressThatWasChecked() {
    answers.add(List.of(LISTED));
    answers.add(List.of(INNER));

    assertThat(send().accepted()).isTrue();
    assertThat(send().accepted()).as("by the connection that is open").isTrue();

    assertThat(listed.received()).hasSize(2);
    assertThat(inner.received()).isEmpty();
    assertThat(answers).as("one look-up for the connection").hasSize(1);
  }

  @Test
  void otherAddressesOfANameAreNotTried() {
    answers.add(List.of(INNER, "10.0.0.1", LISTED));
    assertThat(send().accepted()).isTrue();
    listed.close();
    sender.close();

    try (WebhookSender another = sender(LISTED)) {
      answers.add(List.of(LISTED, INNER));
      Attempt attempt = send(another, "http://localhost:" + inner.port() + "/hook");
      assertThat(attempt.failure()).isEqualTo(Attempt.Failure.NO_CONNECTION);
    }
    assertThat(inner.received()).isEmpty();
  }

  /** Nothing can end a look-up. So what was to be sent is not sent after it. */
  @Test
  void lookUpThatTakesTooLongIsATimeout() {
    CountDownLatch ended = new CountDownLatch(1);
    ScheduledThreadPoolExecutor atOnce =
        new ScheduledThreadPoolExecutor(1) {
          @Override
          public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            return super.schedule(
                () -> {
                  V result = task.call();
                  ended.countDown();
                  return result;
                },
                100,
                TimeUnit.MILLISECONDS);
          }
        };
    TargetPolicy slow =
        new TargetPolicy(
            new WebhookSettings(Networks.parse(LISTED)),
            host -> {
              awaited(ended);
              return new InetAddress[] {InetAddress.getByName(LISTED)};
            });
    try (WebhookSender patient = new WebhookSender(slow, Clock.systemUTC(), atOnce)) {
      Attempt attempt = send(patient, "http://localhost:" + inner.port() + "/hook");

      assertThat(attempt.failure()).isEqualTo(Attempt.Failure.TIMEOUT);
    }
    atOnce.shutdownNow();
    assertThat(listed.received()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "169.254.169.254",
        "10.0.0.1",
        "192.168.1.1",
        "fd00:ec2::254",
        "0.0.0.0"
      })
  void nameOfAnAddressInsideIsCalledByNobody(String address) {
    try (WebhookSender open = sender("")) {
      answers.add(List.of(address));

      Attempt attempt = send(open, "https://localhost:" + inner.port() + "/");

      assertThat(attempt.failure()).isEqualTo(Attempt.Failure.ADDRESS_NOT_ALLOWED);
    }
    assertThat(answers).isEmpty();
  }
}
