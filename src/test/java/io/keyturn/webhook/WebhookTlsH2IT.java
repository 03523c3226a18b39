package io.keyturn.webhook;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpsExchange;
import io.keyturn.support.Api.Answer;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.TestAuthority;
import io.keyturn.support.TestAuthority.Issued;
import io.keyturn.support.TestDatabase;
import io.keyturn.support.WebhookReceiver;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Receivers with TLS: what they know Keyturn by, and what becomes of deliveries that fail. What
 * turns the clock comes last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebhookTlsH2IT {
  private static final Duration SOON = Duration.ofSeconds(40);

  @TempDir private static Path folder;
  private static TestAuthority authority;
  private static Issued local;
  private static KeyturnServer server;

  private WebhookClient client;

  @BeforeAll
  static void start() throws Exception {
    authority = new TestAuthority(folder);
    local = authority.issue("localhost", "-ext", "san=dns:localhost,ip:127.0.0.1");
    server = KeyturnServer.named("webhook-tls").on(TestDatabase.H2);
    server
        .setting(
            "JVM_ARGS",
            "%s -Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                .formatted(
                    server.setting("JVM_ARGS"), authority.trustStore(), TestAuthority.PASSWORD))
        .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() {
    client = new WebhookClient(server);
  }

  private static WebhookReceiver receiver(Issued own, boolean clientsKnown) throws Exception {
    return new WebhookReceiver(authority.server(own), clientsKnown);
  }

  /** A receiver that admits known clients only, and answers their names. */
  private static WebhookReceiver knowing() throws Exception {
    return receiver(local, true)
        .answering(
            exchange ->
                WebhookReceiver.answer(
                    exchange,
                    200,
                    "hello "
                        + ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName()));
  }

  private Answer identify(String webhook, Issued by) throws Exception {
    return identify(webhook, by.chain(), by.privateKey());
  }

  private Answer identify(String webhook, String chain, String key) {
    return client.send(
        "PUT",
        "/" + webhook + "/client-certificate",
        Json.createObjectBuilder()
            .add("certificate_chain", chain)
            .add("private_key", key)
            .build()
            .toString());
  }

  private JsonObject only(String webhook) {
    List<JsonObject> deliveries = client.deliveries(webhook);
    assertThat(deliveries).hasSize(1);
    return deliveries.get(0);
  }

  private void test(String webhook) {
    assertThat(client.send("POST", "/" + webhook + "/test", "").status()).isEqualTo(202);
  }

  private void fails(String webhook, String... failures) {
    Eventually.within(
        SOON, () -> assertThat(only(webhook).getInt("attempts")).isGreaterThanOrEqualTo(1));
    assertThat(only(webhook).getString("failure")).isIn((Object[]) failures);
    assertThat(only(webhook).getString("state")).isEqualTo("pending");
  }

  private void answers(String webhook, String answer) {
    Eventually.within(
        SOON, () -> assertThat(only(webhook).getString("state")).isEqualTo("delivered"));
    assertThat(only(webhook).getString("answer")).isEqualTo(answer);
  }

  @Test
  void eachWebhookIsKnownByItsOwnCertificate() throws Exception {
    Issued one = authority.issue("one", "-ext", "eku=clientAuth");
    Issued two = authority.issue("two");
    try (WebhookReceiver receiver = knowing()) {
      String first = client.id(receiver.url());
      Answer set = identify(first, one);
      assertThat(set.status()).as(set.body()).isEqualTo(200);
      test(first);
      answers(first, "hello CN=one");

      // To the same host, so that a connection could be used again that is another's.
      String second = client.id(receiver.url() + "/2");
      identify(second, two);
      String third = client.id(receiver.url() + "/3");
      test(second);
      test(third);
      answers(second, "hello CN=two");
      // TLS 1.3 refuses a client after the handshake, so the refusal may be a closed connection.
      fails(third, "tls", "no_http", "no_connection");
      assertThat(receiver.received()).hasSize(2);

      JsonObject shown = client.webhook(first).getJsonObject("client_certificate");
      assertThat(shown.getString("subject")).isEqualTo("CN=one");
      assertThat(shown.getString("issuer")).isEqualTo("CN=Test CA");
      assertThat(shown.getString("not_after"))
          .isEqualTo(one.certificate().getNotAfter().toInstant().toString());
      assertThat(shown.getString("sha256")).matches("[0-9a-f]{64}");
      assertThat(client.webhook(third).isNull("client_certificate")).isTrue();
    }
  }

  @Test
  void privateKeyIsSealedAndNeverAnsweredAndGoesWithTheCertificate() throws Exception {
    Issued issued = authority.issue("sealed");
    String id = client.id("https://erp.example.com/hook");
    String secretPart = issued.privateKey().lines().skip(2).findFirst().orElseThrow();
    Answer set = identify(id, issued);

    assertThat(set.body()).doesNotContain(secretPart, "PRIVATE KEY");
    assertThat(client.get("/" + id).body()).doesNotContain(secretPart, "PRIVATE KEY");
    String row = "SELECT * FROM webhook WHERE id = '" + id + "'";
    assertThat(server.control().sql(row).toString())
        .contains("BEGIN CERTIFICATE")
        .doesNotContain(secretPart);
    assertThat(server.logs()).doesNotContain(secretPart);
    String url = "{\"url\":\"http://127.0.0.1:9999/\"}";
    Answer plain = client.send("PATCH", "/" + id, url, "If-Match", "*");
    assertProblem(plain, 422, "invalid");
    assertThat(plain.body()).contains("the webhook has a client certificate");

    String path = "/" + id + "/client-certificate";
    assertThat(client.send("DELETE", path, "").status()).isEqualTo(204);
    assertProblem(client.send("DELETE", path, ""), 404, "not_found");
    assertThat(server.control().sql(row).toString()).doesNotContain("BEGIN CERTIFICATE");
    assertThat(server.control().actionsOn("https://erp.example.com"))
        .contains("WEBHOOK_CERTIFICATE_SET", "WEBHOOK_CERTIFICATE_REMOVED");
  }

  @Test
  void whatDoesNotFitIsNamedAndChangesNothing() throws Exception {
    Issued issued = authority.issue("fits");
    Issued old = authority.issue("old", "-startdate", "-3d", "-validity", "1");
    String id = client.id("https://erp.example.com/hook");

    Answer expired = identify(id, old);
    assertProblem(expired, 422, "invalid");
    assertThat(expired.body()).contains("certificate_chain", "has expired");
    Answer swapped = identify(id, issued.chain(), old.privateKey());
    assertThat(swapped.body()).contains("private_key", "is not the private key of the certificate");
    Answer missing = client.send("PUT", "/" + id + "/client-certificate", "{}");
    assertThat(missing.body()).contains("must be given");
    assertThat(client.webhook(id).isNull("client_certificate")).isTrue();
    String plain = client.id("http://127.0.0.1:9999/");
    assertProblem(identify(plain, issued), 409, "conflict");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void certificateThatExpiresStopsDeliveriesAndSaysSo() throws Exception {
    Issued brief = authority.issue("brief", "-validity", "1");
    try (WebhookReceiver receiver = knowing()) {
      String id = client.id(receiver.url());
      identify(id, brief);
      server.control().turn(Duration.ofHours(25));
      client.another("Late");

      Eventually.within(
          SOON,
          () ->
              assertThat(
                      server
                          .control()
                          .sql(
                              "SELECT failure FROM webhook_delivery WHERE webhook_id = '%s'"
                                  .formatted(id)))
                  .isNotEmpty()
                  .allMatch(row -> row.toString().contains("CLIENT_CERTIFICATE_EXPIRED")));
      assertThat(receiver.received()).isEmpty();
    }
  }

  @Test
  void receiverThatCannotBeTrustedGetsNothingAndDelaysNoOther() throws Exception {
    Issued elsewhere = authority.issue("elsewhere", "-ext", "san=dns:elsewhere.example");
    Issued old =
        authority.issue(
            "localhost-old", "-ext", "san=dns:localhost", "-startdate", "-3d", "-validity", "1");
    Path strange = Files.createDirectory(folder.resolve("strange-" + client.key().id()));
    Issued stranger = new TestAuthority(strange).issue("localhost", "-ext", "san=dns:localhost");
    try (WebhookReceiver otherName = receiver(elsewhere, false);
        WebhookReceiver expired = receiver(old, false);
        WebhookReceiver unknown = receiver(stranger, false);
        WebhookReceiver noTls = new WebhookReceiver();
        WebhookReceiver good = receiver(local, false)) {
      List<String> bad =
          List.of(client.id(otherName.url()), client.id(expired.url()), client.id(unknown.url()));
      String plain = client.id("https://localhost:" + noTls.port() + "/");
      String quick = client.id(good.url());
      client.another("ERP");

      answers(quick, "thank you");
      bad.forEach(webhook -> fails(webhook, "tls"));
      // It waits for the end of a line, which never comes.
      fails(plain, "timeout");
      for (WebhookReceiver each : List.of(otherName, expired, unknown, noTls)) {
        assertThat(each.received()).isEmpty();
      }
    }
  }

  /** Each attempt has its own time, so what was refused arrives when the clock is right. */
  @Test
  @Order(Integer.MAX_VALUE - 1)
  void clockSixMinutesOffIsToldByTheReceiverAndHealsWithTheClock() {
    try (WebhookReceiver receiver = new WebhookReceiver()) {
      AtomicReference<String> secret = new AtomicReference<>("");
      receiver.answering(
          exchange -> {
            WebhookReceiver.Received got = receiver.received().get(receiver.received().size() - 1);
            String problem = "";
            try {
              new Webhook(secret.get()).verify(got.body(), got.headers());
            } catch (WebhookVerificationException e) {
              problem = String.valueOf(e.getMessage());
            }
            WebhookReceiver.answer(exchange, problem.isEmpty() ? 200 : 401, problem);
          });
      server.control().turn(Duration.ofMinutes(6));
      JsonObject created = client.create(receiver.url());
      secret.set(created.getString("secret"));
      String id = created.getJsonObject("webhook").getString("id");
      test(id);
      Eventually.within(SOON, () -> assertThat(only(id).getInt("attempts")).isEqualTo(1));
      assertThat(only(id).getInt("status")).isEqualTo(401);
      assertThat(only(id).getString("answer")).contains("too new");

      server.control().turn(Duration.ofMinutes(-6));
      String delivery = only(id).getString("id");
      client.send("POST", "/" + id + "/deliveries/" + delivery + "/send-again", "");

      Eventually.within(SOON, () -> assertThat(only(id).getString("state")).isEqualTo("delivered"));
    }
  }
}
