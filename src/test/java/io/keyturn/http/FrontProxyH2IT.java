package io.keyturn.http;

import static io.keyturn.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Gateway;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Multipart;
import io.keyturn.support.Nginx;
import io.keyturn.support.Ports;
import io.keyturn.support.RawHttp;
import io.keyturn.support.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real nginx before Keyturn, by the configuration that we ship: what it never lets through. */
class FrontProxyH2IT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String END = "Connection: close\r\n\r\n";

  private static Gateway nginx;
  private static Gateway beforeListener;
  private static Listener listener;

  /** In Keyturn's place: answers 204, and keeps each byte that comes. */
  private static final class Listener extends Thread {
    private final ServerSocket server;
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    Listener() throws IOException {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      setDaemon(true);
    }

    @Override
    public void run() {
      while (!server.isClosed()) {
        try (Socket socket = server.accept()) {
          byte[] read = new byte[65_536];
          int length = socket.getInputStream().read(read);
          seen.add(new String(read, 0, Math.max(length, 0), StandardCharsets.ISO_8859_1));
          socket
              .getOutputStream()
              .write("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".getBytes("US-ASCII"));
        } catch (IOException e) {
          // The next one.
        }
      }
    }
  }

  @BeforeAll
  static void start() throws Exception {
    Tls.Certificate certificate =
        Tls.Certificate.make(Files.createTempDirectory(Path.of("target"), "tls-").toAbsolutePath());
    listener = new Listener();
    listener.start();
    nginx = before(certificate, SERVER.port());
    beforeListener = before(certificate, listener.server.getLocalPort());
  }

  private static Gateway before(Tls.Certificate certificate, int keyturn) throws IOException {
    int port = Ports.free();
    return Nginx.start(
        Nginx.FRONT,
        port,
        Map.of(
            "LISTEN",
            "127.0.0.1:" + port,
            "DOMAIN",
            "localhost",
            "CERTIFICATE",
            certificate.certificate().toString(),
            "CERTIFICATE_KEY",
            certificate.key().toString(),
            "KEYTURN",
            "127.0.0.1:" + keyturn));
  }

  @AfterAll
  static void stop() throws IOException {
    listener.server.close();
    nginx.close();
    beforeListener.close();
  }

  /** The first line of the answer; empty where there is none. */
  private static String send(Gateway to, String request)
      throws IOException, GeneralSecurityException {
    try (SSLSocket socket = Tls.connect(to.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).split("\r\n", 2)[0];
    } catch (SocketException e) {
      // What nginx does not read to its end may reset the connection that it closes.
      return "";
    }
  }

  @Test
  void goodRequestPasses() throws Exception {
    assertThat(send(nginx, "GET /health/live HTTP/1.1\r\nHost: localhost\r\n" + END))
        .startsWith("HTTP/1.1 200");
    assertThat(send(nginx, "GET /api/v1/me HTTP/1.1\r\nHost: demo.localhost\r\n" + END))
        .startsWith("HTTP/1.1 401");
  }

  @Test
  void filePassesThatIsLargerThanOtherBodies() throws Exception {
    Control.Key key = SERVER.control().key(Control.wish().scopes("suppliers:write"));
    byte[] file =
        ("name\n" + "x".repeat(99) + "\n").repeat(20_000).getBytes(StandardCharsets.UTF_8);
    byte[] body = Multipart.of("suppliers.csv", file, "dry_run", "true");
    String headers =
        " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n"
                .formatted(key.secret(), Multipart.TYPE, body.length)
            + END;
    String sent = headers + new String(body, StandardCharsets.ISO_8859_1);

    assertThat(send(nginx, "POST /api/v1/supplier-imports" + sent)).startsWith("HTTP/1.1 202");
    assertThat(send(nginx, "POST /api/v1/suppliers" + sent)).matches("|HTTP/1.1 413 .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host : localhost\r\n",
        "Host: localhost\r\nHost: demo.localhost\r\n",
        "Host: localhost\r\nTransfer-Encoding: xchunked\r\n",
        "Host: localhost\r\nTransfer-Encoding : chunked\r\n",
        "Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Host: localhost\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
        "Host: localhost\r\nContent-Length: +5\r\n",
        "Host: localhost\r\nX-Odd: a\0b\r\n",
        "Host: localhost\r\nX-Odd: a\r\n folded\r\n",
        "Host: localhost\r\n X-Odd: a\r\n",
        "Host: localhost\r\nX Odd: a\r\n",
        "Host: localhost\r\nX-Odd: a\r\n\tfolded\r\n",
        "Host: other.example\r\n",
        ""
      })
  void whatIsNotHttpIsRefusedAndReachesNobody(String headers) throws Exception {
    listener.seen.clear();

    String answer =
        send(beforeListener, "POST /api/v1/oauth/token HTTP/1.1\r\n" + headers + END + "0\r\n\r\n");

    assertThat(answer).matches("|HTTP/1.1 (400|501) .*");
    assertThat(listener.seen).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"xchunked", "gzip, chunked", "chunked, chunked", "identity"})
  void keyturnItselfReadsNoCodingButChunked(String coding) {
    assertProblem(
        RawHttp.send(
            SERVER,
            "POST /api/v1/oauth/token HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: "
                + coding
                + "\r\n"
                + END
                + "0\r\n\r\n"),
        400,
        "malformed_request");
  }

  @Test
  void bareLineFeedsAndChunksAreHandedOnAsPlainHttp() throws Exception {
    listener.seen.clear();

    send(
        beforeListener,
        "POST /x HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\nConnection: close\n\n"
            + "3;a=b\nabc\n0\n\n");

    String seen = listener.seen.remove();
    assertThat(seen.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    assertThat(seen).contains("\r\nContent-Length: 3\r\n").endsWith("\r\n\r\nabc");
    assertThat(seen).doesNotContainIgnoringCase("transfer-encoding");
  }

  @Test
  void bodyThatDripsReachesNobodyAndHoldsUpNobody() throws Exception {
    listener.seen.clear();
    List<SSLSocket> dripping = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      SSLSocket socket = Tls.connect(beforeListener.port());
      socket
          .getOutputStream()
          .write(
              "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\na"
                  .getBytes(StandardCharsets.ISO_8859_1));
      dripping.add(socket);
    }

    assertThat(send(beforeListener, "GET /y HTTP/1.1\r\nHost: localhost\r\n" + END))
        .startsWith("HTTP/1.1 204");

    assertThat(listener.seen).singleElement().asString().startsWith("GET /y ");
    for (SSLSocket socket : dripping) {
      socket.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA"
      })
  void suitesWithoutForwardSecrecyOrWithCbcAreNotSpoken(String suite) throws Exception {
    int own = Integer.parseInt(SERVER.setting("KEYTURN_HTTPS_PORT"));
    for (int port : new int[] {own, nginx.port()}) {
      assertThat(Tls.speaks(port, suite)).as(suite).isFalse();
      assertThat(Tls.speaks(port, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")).isTrue();
    }
  }
}
