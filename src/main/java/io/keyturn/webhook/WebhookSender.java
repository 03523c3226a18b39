package io.keyturn.webhook;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Sends deliveries: one POST each, bounded in time and size, without redirects. */
final class WebhookSender implements AutoCloseable {
  /**
   * The connections of this node to all receivers. As many may go to one host: a delivery that
   * waited for a connection would wait for receivers of others.
   */
  static final int MOST = 64;

  private static final Logger LOG = Logger.getLogger(WebhookSender.class.getName());
  private static final String CLIENT = "keyturn.client";
  private static final int CONNECT_SECONDS = 5;
  private static final int ALL_SECONDS = 15;
  private static final int ANSWER = 1000;
  private static final int HEADERS = 100;
  private static final int LINE = 8192;

  /** How a delivery is sent. Each way has connections of its own. */
  private enum Way {
    PLAIN,
    TLS,
    /** By TLS, with a client certificate. */
    MUTUAL_TLS
  }

  private final Clock clock;
  private final ScheduledExecutorService scheduler;
  private final Map<Way, CloseableHttpClient> clients = new EnumMap<>(Way.class);

  /**
   * Makes a sender.
   *
   * @param policy where deliveries may go
   * @param scheduler ends what takes too long
   */
  WebhookSender(TargetPolicy policy, Clock clock, ScheduledExecutorService scheduler) {
    this.clock = clock;
    this.scheduler = scheduler;
    TlsSocketStrategy tls = DefaultClientTlsStrategy.createDefault();
    clients.put(Way.PLAIN, client(resolver(policy, true), tls));
    clients.put(Way.TLS, client(resolver(policy, false), tls));
    clients.put(Way.MUTUAL_TLS, client(resolver(policy, false), WebhookSender::identified));
  }

  @Override
  public void close() {
    clients.values().forEach(client -> client.close(CloseMode.IMMEDIATE));
  }

  /** Makes a connection by the certificate of the webhook that it is for. */
  private static SSLSocket identified(
      Socket socket, String host, int port, Object attachment, HttpContext context)
      throws IOException {
    if (!(context.getAttribute(CLIENT) instanceof ClientIdentity client)) {
      throw new IllegalStateException("no client certificate");
    }
    return new DefaultClientTlsStrategy(client.tls())
        .upgrade(socket, host, port, attachment, context);
  }

  private static CloseableHttpClient client(DnsResolver resolver, TlsSocketStrategy tls) {
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setTlsSocketStrategy(tls)
            .setDnsResolver(resolver)
            .setMaxConnTotal(MOST)
            .setMaxConnPerRoute(MOST)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(HEADERS)
                            .setMaxLineLength(LINE)
                            .build())
                    .build())
            .setDefaultSocketConfig(
                SocketConfig.custom().setSoTimeout(Timeout.ofSeconds(ALL_SECONDS)).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.ofSeconds(CONNECT_SECONDS))
                    .setSocketTimeout(Timeout.ofSeconds(ALL_SECONDS))
                    .setTimeToLive(TimeValue.ofMinutes(1))
                    .build())
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.ofSeconds(ALL_SECONDS))
                .setResponseTimeout(Timeout.ofSeconds(ALL_SECONDS))
                .build())
        .evictIdleConnections(TimeValue.ofSeconds(30))
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableContentCompression()
        .setUserAgent("Keyturn-Webhooks")
        .build();
  }

  private static DnsResolver resolver(TargetPolicy policy, boolean http) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String host) throws UnknownHostException {
        return policy.allowed(host, http);
      }

      @Override
      public String resolveCanonicalHostname(String host) {
        return host;
      }
    };
  }

  /**
   * Sends a delivery, and waits for the answer for 15 seconds at most. Nothing can end the look-up
   * of a name: where it takes longer, the delivery is not sent, and this waits until it ends.
   */
  Attempt send(Deliveries.Claimed delivery) {
    Instant now = clock.instant();
    try {
      return sent(delivery, now);
    } catch (RuntimeException e) {
      // Without a state, it would be sent again at each end of its lease, and wait for ever.
      LOG.log(Level.WARNING, "delivery " + delivery.id() + " was not sent", e);
      return Attempt.internalError(now);
    }
  }

  private Attempt sent(Deliveries.Claimed delivery, Instant now) {
    ClientIdentity client = delivery.client();
    if (client != null && client.expired(now)) {
      return new Attempt(now, null, null, Attempt.Failure.CLIENT_CERTIFICATE_EXPIRED, 0);
    }
    long begin = System.nanoTime();
    HttpPost request = request(delivery, now);
    // A receiver that answers byte by byte keeps within each time-out but this.
    ScheduledFuture<?> end = scheduler.schedule(request::cancel, ALL_SECONDS, TimeUnit.SECONDS);
    Attempt attempt = null;
    try (ClassicHttpResponse response =
        client(delivery).executeOpen(null, request, context(delivery))) {
      byte[] body = beginning(response);
      attempt = new Attempt(now, response.getCode(), text(body), null, since(begin));
      if (body.length == ANSWER) {
        // Closing would read the rest of the body, which may be endless.
        request.cancel();
      }
      return attempt;
    } catch (IOException e) {
      return attempt == null
          ? new Attempt(now, null, null, failure(e, request.isCancelled()), since(begin))
          : attempt;
    } catch (IllegalStateException e) {
      if (!request.isCancelled()) {
        throw e;
      }
      // So the client says that the request was ended while a name was looked up.
      return new Attempt(now, null, null, Attempt.Failure.TIMEOUT, since(begin));
    } finally {
      end.cancel(false);
    }
  }

  private HttpPost request(Deliveries.Claimed delivery, Instant now) {
    long timestamp = now.getEpochSecond();
    HttpPost request = new HttpPost(delivery.url());
    request.setHeader("webhook-id", delivery.eventId());
    request.setHeader("webhook-timestamp", Long.toString(timestamp));
    request.setHeader(
        "webhook-signature",
        delivery.secrets().stream()
            .map(secret -> secret.sign(delivery.eventId(), timestamp, delivery.payload()))
            .collect(Collectors.joining(" ")));
    request.setEntity(new StringEntity(delivery.payload(), ContentType.APPLICATION_JSON));
    return request;
  }

  /** A connection that was made by one certificate is used again for that certificate only. */
  private static HttpClientContext context(Deliveries.Claimed delivery) {
    HttpClientContext context = HttpClientContext.create();
    ClientIdentity client = delivery.client();
    if (client != null) {
      context.setAttribute(CLIENT, client);
      context.setUserToken(client.certificate());
    }
    return context;
  }

  private static Attempt.Failure failure(IOException e, boolean cancelled) {
    if (cancelled || e instanceof InterruptedIOException) {
      return Attempt.Failure.TIMEOUT;
    }
    if (e instanceof TargetPolicy.Refused) {
      return Attempt.Failure.ADDRESS_NOT_ALLOWED;
    }
    if (e instanceof UnknownHostException) {
      return Attempt.Failure.UNKNOWN_HOST;
    }
    if (e instanceof SSLException) {
      return Attempt.Failure.TLS;
    }
    return e instanceof SocketException ? Attempt.Failure.NO_CONNECTION : Attempt.Failure.NO_HTTP;
  }

  private CloseableHttpClient client(Deliveries.Claimed delivery) {
    Way way =
        "http".equalsIgnoreCase(delivery.url().getScheme())
            ? Way.PLAIN
            : delivery.client() == null ? Way.TLS : Way.MUTUAL_TLS;
    CloseableHttpClient client = clients.get(way);
    if (client == null) {
      throw new IllegalStateException("not open");
    }
    return client;
  }

  private static int since(long begin) {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private static byte[] beginning(ClassicHttpResponse response) throws IOException {
    HttpEntity entity = response.getEntity();
    return entity == null ? new byte[0] : entity.getContent().readNBytes(ANSWER);
  }

  /** A text that every database and page takes. */
  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
  }
}
