package io.keyturn.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests that no well-bred client sends, byte by byte, from a loopback address of choice. */
public final class RawHttp {
  private RawHttp() {}

  /** Sends a whole request, which must ask to close the connection, and reads to the end. */
  public static Api.Answer send(KeyturnServer server, String request) {
    return send(server, "127.0.0.1", request);
  }

  public static Api.Answer send(KeyturnServer server, String from, String request) {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return parse(socket.getInputStream().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A GET with these header lines beside {@code Connection: close}. */
  public static String get(String target, String... lines) {
    return "GET "
        + target
        + " HTTP/1.1\r\nConnection: close\r\n"
        + String.join("", java.util.Arrays.stream(lines).map(l -> l + "\r\n").toList())
        + "\r\n";
  }

  private static Api.Answer parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return new Api.Answer(0, HttpHeaders.of(Map.of(), (n, v) -> true), text);
    }
    String[] lines = text.substring(0, head).split("\r\n", -1);
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers
          .computeIfAbsent(lines[i].substring(0, colon), n -> new ArrayList<>())
          .add(lines[i].substring(colon + 1).strip());
    }
    byte[] body = java.util.Arrays.copyOfRange(bytes, head + 4, bytes.length);
    if (headers.getOrDefault("Transfer-Encoding", List.of()).toString().contains("chunked")) {
      body = unchunk(body);
    }
    return new Api.Answer(
        Integer.parseInt(lines[0].split(" ", -1)[1]),
        HttpHeaders.of(headers, (n, v) -> true),
        new String(body, StandardCharsets.UTF_8));
  }

  private static byte[] unchunk(byte[] chunked) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    String text = new String(chunked, StandardCharsets.ISO_8859_1);
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size =
          line < 0
              ? 0
              : Integer.parseInt(text.substring(at, line).strip().toLowerCase(Locale.ROOT), 16);
      if (size == 0) {
        return whole.toByteArray();
      }
      whole.write(chunked, line + 2, size);
      at = line + 2 + size + 2;
    }
  }
}
