package io.keyturn.support;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Receives webhooks, and answers as a test wants. */
public final class WebhookReceiver implements AutoCloseable {
  static {
    // Java's server sends the headers and the body of an answer one after the other. Without this,
    // the body waits 40 ms for the client's acknowledgement: 20 deliveries a second.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  /** How a receiver answers. */
  @FunctionalInterface
  public interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  /** What was received. */
  public record Received(HttpHeaders headers, String body) {
    public JsonObject json() {
      try (var reader = Json.createReader(new StringReader(body))) {
        return reader.readObject();
      }
    }

    public String header(String name) {
      return headers.firstValue(name).orElseThrow();
    }

    /**
     * Whether one of the signatures is that of the library of Standard Webhooks. The library's own
     * verification compares the time, too, and tests turn the server's clock.
     */
    public boolean signedWith(String secret) {
      try {
        long timestamp = Long.parseLong(header("webhook-timestamp"));
        String signature = new Webhook(secret).sign(header("webhook-id"), timestamp, body);
        return List.of(header("webhook-signature").split(" ")).contains(signature);
      } catch (WebhookSigningException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Handler handler = exchange -> answer(exchange, 200, "thank you");

  public WebhookReceiver() {
    this(null, false);
  }

  /** A receiver at an address of its own, without TLS. */
  public WebhookReceiver(InetSocketAddress address) {
    this(address, null, false);
  }

  /**
   * A receiver with TLS.
   *
   * @param tls by what it identifies itself, and whom it trusts; null for http
   * @param clientsKnown whether it asks for a client certificate
   */
  public WebhookReceiver(@Nullable SSLContext tls, boolean clientsKnown) {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), tls, clientsKnown);
  }

  private WebhookReceiver(
      InetSocketAddress address, @Nullable SSLContext tls, boolean clientsKnown) {
    try {
      if (tls == null) {
        server = HttpServer.create(address, 50);
      } else {
        HttpsServer secure = HttpsServer.create(address, 50);
        secure.setHttpsConfigurator(
            new HttpsConfigurator(tls) {
              @Override
              public void configure(HttpsParameters parameters) {
                SSLParameters wanted = tls.getDefaultSSLParameters();
                wanted.setNeedClientAuth(clientsKnown);
                parameters.setSSLParameters(wanted);
              }
            });
        server = secure;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true), body));
    handler.answer(exchange);
    exchange.close();
  }

  /** Answers with a status and a body. */
  public static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Answers with a status from now on. */
  public WebhookReceiver answering(int status) {
    return answering(exchange -> answer(exchange, status, "status " + status));
  }

  public WebhookReceiver answering(Handler other) {
    handler = other;
    return this;
  }

  public String url() {
    return (server instanceof HttpsServer ? "https://localhost:" : "http://127.0.0.1:")
        + port()
        + "/hook";
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** What was received so far, in order. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** The types of the events that were received so far. */
  public List<String> types() {
    return received.stream().map(r -> r.json().getString("type")).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
