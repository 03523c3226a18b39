package io.keyturn.webhook;

import io.keyturn.network.PublicNetwork;
import io.keyturn.problem.ProblemException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where webhooks may go, so that nobody reaches the inner network through this server (server-side
 * request forgery). By https to the public Internet; by http and to other networks only where the
 * operator lists them. The address is checked when the connection is made, and the connection goes
 * to the checked address: a name that is answered differently the next time changes nothing.
 *
 * @param settings the networks that the operator lists
 * @param names asked for the addresses of a host each time
 */
record TargetPolicy(WebhookSettings settings, Names names) {
  private static final Pattern PLAIN =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
  private static final int LONGEST = 2000;
  private static final int HTTPS = 443;
  private static final int HTTP = 80;
  private static final int FIRST_UNPRIVILEGED = 1024;

  /** Knows the addresses of a host. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String host) throws UnknownHostException;
  }

  TargetPolicy(WebhookSettings settings) {
    this(settings, InetAddress::getAllByName);
  }

  /** A host has no address to which a webhook may go. */
  static final class Refused extends UnknownHostException {
    private static final long serialVersionUID = 1L;

    Refused(String host) {
      super(host);
    }
  }

  /**
   * Reads the address of a webhook.
   *
   * @return the address in ASCII, as it is called: other characters of path and query are encoded
   * @throws ProblemException 422 for {@code url}
   */
  URI target(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw invalid("is not an address such as https://example.com/hooks");
    }
    URI url;
    try {
      url = ascii(new URI(text.strip()));
    } catch (URISyntaxException e) {
      throw invalid("is not an address such as https://example.com/hooks");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http");
    if (!http && !scheme.equals("https")) {
      throw invalid("must begin with https://");
    }
    if (http && settings.networks().list().isEmpty()) {
      throw invalid("must begin with https://, because no network for http is configured");
    }
    if (url.getHost() == null || url.toString().length() > LONGEST) {
      throw invalid("is not an address such as https://example.com/hooks");
    }
    if (url.getRawUserInfo() != null) {
      throw invalid("must not contain a user name or a password");
    }
    if (url.getRawFragment() != null) {
      throw invalid("must not have a part after #");
    }
    int port = url.getPort();
    if (port != -1
        && port != HTTPS
        && port != HTTP
        && (port < FIRST_UNPRIVILEGED || port > 65_535)) {
      throw invalid("must have the port 443, 80, or one from 1024 to 65535");
    }
    if (isLiteral(url.getHost())) {
      if (!url.getHost().startsWith("[") && !PLAIN.matcher(url.getHost()).matches()) {
        // Readers of such forms differ: 0177.0.0.1 is 177.0.0.1 or 127.0.0.1.
        throw invalid("must name the host, or its IP address as four plain numbers");
      }
      try {
        allowed(url.getHost(), http);
      } catch (UnknownHostException e) {
        throw invalid("is in a network to which webhooks may not go");
      }
    }
    return url;
  }

  /** An address as it stands in a request (RFC 3986 §2.1): HTTP has no other characters. */
  static URI ascii(URI url) {
    return URI.create(url.toASCIIString());
  }

  private static ProblemException invalid(String message) {
    return ProblemException.invalid("url", message);
  }

  /** An IPv6 address, or something that a resolver takes for an IPv4 address: 10.1, 0x7f.1. */
  private static boolean isLiteral(String host) {
    String last = host.substring(host.lastIndexOf('.') + 1);
    return host.startsWith("[") || last.matches("[0-9]+|0[xX][0-9a-fA-F]*");
  }

  /**
   * The addresses of a host to which a webhook may go.
   *
   * @param http whether it goes without TLS
   * @throws Refused when there is none
   * @throws UnknownHostException when the name has no address
   */
  InetAddress[] allowed(String host, boolean http) throws UnknownHostException {
    InetAddress[] allowed =
        Arrays.stream(names.of(host))
            .filter(address -> allows(address, http))
            .toArray(InetAddress[]::new);
    if (allowed.length == 0) {
      throw new Refused(host);
    }
    return allowed;
  }

  private boolean allows(InetAddress address, boolean http) {
    return settings.lists(PublicNetwork.address(address)) || (!http && PublicNetwork.has(address));
  }
}
