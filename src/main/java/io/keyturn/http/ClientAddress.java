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
 * Where a request comes from: the last address on its way that is no proxy of ours. What stands
 * before it in {@code X-Forwarded-For} was claimed by somebody whom nobody vouches for.
 */
public final class ClientAddress {
  private static final String ATTRIBUTE = ClientAddress.class.getName();
  private static final String SCHEME = ATTRIBUTE + ".scheme";
  private static final String PROXY = ATTRIBUTE + ".proxy";
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  /** No way leads over more proxies of ours; a client could name thousands. */
  private static final int MOST_HOPS = 50;

  /** With a port, as some proxies write it. */
  private static final Pattern WITH_PORT =
      Pattern.compile("([0-9.]+):[0-9]{1,5}|\\[([0-9A-Fa-f:.]+)](?::[0-9]{1,5})?");

  private ClientAddress() {}

  /** The address of a request that has passed the {@link EdgeFilter}. */
  public static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String address
        ? address
        : request.getRemoteAddr();
  }

  /** The address that the connection comes from, be it a proxy's. */
  public static String ofConnection(HttpServletRequest request) {
    return request.getRemoteAddr();
  }

  /** Finds address and scheme and keeps them with the request. */
  static void keep(HttpServletRequest request, TrustedProxies proxies) {
    request.setAttribute(ATTRIBUTE, find(request, proxies));
    request.setAttribute(SCHEME, secure(request, proxies) ? "https" : request.getScheme());
    request.setAttribute(PROXY, proxies.include(request.getRemoteAddr()));
  }

  /**
   * The method of the request that a gateway asks about, as Traefik and Caddy tell it; nothing
   * where the connection does not come from a trusted proxy, for then anybody could have written
   * it.
   */
  public static Optional<String> forwardedMethod(HttpServletRequest request) {
    return Boolean.TRUE.equals(request.getAttribute(PROXY))
        ? Optional.ofNullable(request.getHeader("X-Forwarded-Method"))
        : Optional.empty();
  }

  /** {@code https} where the client spoke TLS, be it with a proxy that is believed. */
  public static String scheme(HttpServletRequest request) {
    return request.getAttribute(SCHEME) instanceof String scheme ? scheme : request.getScheme();
  }

  /** How the client addresses this server: scheme, host and port, without a slash at its end. */
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
        // A proxy that tells nonsense has told nothing: it is itself the last that is known.
        return hop;
      }
      hop = address;
    }
    return hop;
  }

  /** An address in canonical form; empty for what is none. */
  private static String address(String text) {
    Matcher withPort = WITH_PORT.matcher(text);
    String plain =
        !withPort.matches()
            ? text
            : withPort.group(1) == null ? withPort.group(2) : withPort.group(1);
    var parsed = new IPAddressString(plain, Networks.FORM).getAddress();
    return parsed == null || parsed.isPrefixed() ? "" : parsed.toCanonicalString();
  }

  /** Whether the client spoke TLS, with us or with a proxy of ours. */
  private static boolean secure(HttpServletRequest request, TrustedProxies proxies) {
    return request.isSecure()
        || (proxies.include(request.getRemoteAddr())
            && "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto")));
  }
}
