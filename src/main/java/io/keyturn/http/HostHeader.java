package io.keyturn.http;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parsed Host header (RFC 9110 §7.2).
 *
 * @param name in lower case, without a final dot
 * @param port with its colon, or empty
 */
public record HostHeader(String name, String port) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<name>[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?\\.?|\\[[0-9a-fA-F:.]+])"
              + "(?<port>:[0-9]{1,5})?");

  /** Parses a header's value; empty when it is not well-formed. */
  public static Optional<HostHeader> parse(String value) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String port = matcher.group("port");
    return Optional.of(new HostHeader(normal(matcher.group("name")), port == null ? "" : port));
  }

  /** Whether this is the host that the server took from the request line. */
  boolean isServer(String serverName) {
    String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    String other = normal(serverName);
    return other.equals(name) || other.equals(bare);
  }

  private static String normal(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
