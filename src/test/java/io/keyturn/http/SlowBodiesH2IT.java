package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.KeyturnServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Senders who drip their bodies hold few threads, and not for long. */
class SlowBodiesH2IT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  /** The deadline, the wait for one more byte, and a machine that is busy. */
  private static final Duration ANSWERED = Duration.ofSeconds(60);

  private final List<Socket> open = new ArrayList<>();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    clock.shutdownNow();
    open.forEach(SlowBodiesH2IT::close);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  /** Begins a POST whose body comes a byte a second. */
  private BufferedReader drip(String from, String path) throws IOException {
    BufferedReader answer = silent(from, path);
    Socket socket = open.get(open.size() - 1);
    clock.scheduleAtFixedRate(() -> oneByte(socket), 0, 1, TimeUnit.SECONDS);
    return answer;
  }

  /** Begins a POST whose body never comes. */
  private BufferedReader silent(String from, String path) throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.connect(new InetSocketAddress("127.0.0.1", SERVER.port()), 10_000);
    socket.setSoTimeout((int) ANSWERED.toMillis());
    open.add(socket);
    socket
        .getOutputStream()
        .write(
            """
            POST %s HTTP/1.1\r
            Host: localhost\r
            Content-Type: application/x-www-form-urlencoded\r
            Content-Length: 1000\r
            \r
            """
                .formatted(path)
                .getBytes(StandardCharsets.ISO_8859_1));
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
  }

  private static void oneByte(Socket socket) {
    try {
      socket.getOutputStream().write('a');
    } catch (IOException e) {
      // It has been closed; what was answered before can still be read.
    }
  }

  private static String status(BufferedReader answer) {
    try {
      return String.valueOf(answer.readLine()).split(" ", -1)[1];
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void drippersGet408AndTheTooManyOfAnAddress503WhileAllOthersAreServed() throws IOException {
    List<BufferedReader> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(drip("127.0.0.9", "/api/v1/oauth/token"));
    }
    answers.add(drip("127.0.0.10", "/login"));
    answers.add(silent("127.0.0.10", "/login"));
    answers.add(silent("127.0.0.10", "/api/v1/oauth/token"));

    Answer live = SERVER.api().send("GET", "/health/live");
    Answer token =
        SERVER
            .api()
            .post("/api/v1/oauth/token", "application/x-www-form-urlencoded", "grant_type=other");
    Answer login = SERVER.api().send("GET", "/login");

    assertThat(live.status()).isEqualTo(200);
    assertThat(token.status()).isEqualTo(400);
    assertThat(token.body()).contains("unsupported_grant_type");
    assertThat(login.status()).isEqualTo(200);
    List<String> statuses = answers.stream().map(SlowBodiesH2IT::status).toList();
    assertThat(statuses.subList(0, 60)).filteredOn("408"::equals).hasSize(16);
    assertThat(statuses.subList(0, 60)).filteredOn("503"::equals).hasSize(44);
    assertThat(statuses.subList(60, 63)).as("pages, and silence").containsOnly("408");
  }
}
