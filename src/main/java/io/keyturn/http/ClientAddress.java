package io.keyturn.http;

import inet.ipaddr.IPAddressString;
import io.keyturn.network.Networks;
import io.keyturn.network.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of the client: the last address on the request's way that is not a trusted proxy.
 * Earlier addresses in {@code X-Forwarded-For} come from untrusted senders.
 */
public final class ClientAddress {
  private static final String ATTRIBUTE = ClientAddress.class.getName();
  private static final String SCHEME = ATTRIBUTE + ".scheme";
  private static final String PROXY = ATTRIBUTE + ".proxy";
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** The most proxies on a request's way; a client could name thousands. */
  private static final int MOST_HOPS = 50;

  /** An address with a port, as some proxies write it. */
  private static final Pattern WITH_PORT =
      Pattern.compile("([0-9.]+):[0-9]{1,5}|\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?");

  private ClientAddress() {}

  /** The address of a request that has passed the {@link EdgeFilter}. */
  public static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String address
        ? address
        : request.getRemoteAddr();
  }

  /** The address of the connection, which may be a proxy. */
  public static String ofConnection(HttpServletRequest request) {
    return request.getRemoteAddr();
  }

  /** Finds address and scheme, and stores them in the request. */
  static void keep(HttpServletRequest request, TrustedProxies proxies) {
    request.setAttribute(ATTRIBUTE, find(request, proxies));
    request.setAttribute(SCHEME, secure(request, proxies) ? "https" : request.getScheme());
    request.setAttribute(PROXY, proxies.include(request.getRemoteAddr()));
  }

  /**
   * The method of the request that a gateway asks about, as Traefik and Caddy send it. Empty when
   * the connection does not come from a trusted proxy, because any client could send this header.
   */
  public static Optional<String> forwardedMethod(HttpServletRequest request) {
    return Boolean.TRUE.equals(request.getAttribute(PROXY))
        ? Optional.ofNullable(request.getHeader("X-Forwarded-Method"))
        : Optional.empty();
  }

  /** {@code https} when the client used TLS, with this server or with a trusted proxy. */
  public static String scheme(HttpServletRequest request) {
    return request.getAttribute(SCHEME) instanceof String scheme ? scheme : request.getScheme();
  }

  /**
   * The address of this server as the client wrote it: scheme, host and port, without a final
   * slash.
   */
  public static String ofServer(HttpServletRequest request) {
    return scheme(request) + "://" + request.getHeader("Host");
  }

  private static String find(HttpServletRequest request, TrustedProxies proxies) {
    String hop = request.getRemoteAddr();
    if (!proxies.include(hop)) {
      return hop;
    }
    List<String> before = new ArrayList<>();
    for (String header : Collections.list(request.getHeaders(FORWARDED_FOR))) {
      before.addAll(List.of(header.split(",", -1)));
    }
    int first = Math.max(0, before.size() - MOST_HOPS);
    for (int i = before.size() - 1; i >= first && proxies.include(hop); i--) {
      String address = address(before.get(i).strip());
      if (address.isEmpty()) {
        // A malformed address says nothing, so the proxy that sent it is the last known address.
        return hop;
      }
      hop = address;
    }
    return hop;
  }

  /** An address in canonical form; empty for a text that is no address. */
  private static String address(String text) {
    Matcher withPort = WITH_PORT.matcher(text);
    String plain =
        !withPort.matches()
            ? text
            : withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
    var parsed = new IPAddressString(plain, Networks.FORM).getAddress();
    return parsed == null || parsed.isPrefixed() ? "" : parsed.toCanonicalString();
  }

  /** Whether the client used TLS, with this server or with a trusted proxy. */
  private static boolean secure(HttpServletRequest request, TrustedProxies proxies) {
    return request.isSecure()
        || (proxies.include(request.getRemoteAddr())
            && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")));
  }
}
