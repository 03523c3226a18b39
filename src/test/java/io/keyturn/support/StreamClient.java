package io.keyturn.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A program that follows a stream of server-sent events. */
public final class StreamClient implements AutoCloseable {
  private final HttpResponse<InputStream> response;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile boolean ended;

  /** Connects, and waits for the head of the answer. */
  public StreamClient(URI address, String secret, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + secret)
            .timeout(Duration.ofSeconds(30));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      response =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .build()
              .send(request.build(), BodyHandlers.ofInputStream());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    Thread thread = new Thread(this::read);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      reader.lines().forEach(lines::add);
    } catch (IOException | RuntimeException e) {
      // It ended in the middle of a line.
    }
    ended = true;
  }

  /** Status and headers of the answer. */
  public HttpResponse<InputStream> response() {
    return response;
  }

  /** Whether the server has ended the stream. */
  public boolean ended() {
    return ended;
  }

  /** All values of a field so far: {@code id}, {@code event} or {@code data}. */
  public List<String> all(String field) {
    return lines.stream()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .toList();
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      // It has ended.
    }
  }
}
