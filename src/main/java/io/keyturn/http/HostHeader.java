package io.keyturn.http;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A parsed Host header (RFC 9110 §7.2).
 *
 * @param name in lower case, without a final dot
 * @param port with its colon, or empty
 */
public record HostHeader(String name, String port) {
  private static final int LONGEST_PORT = ":65535".length();

  /**
   * Parses a header's value; empty when it is not well-formed. Without a regular expression, whose
   * groups took 2 % of a request.
   */
  public static Optional<HostHeader> parse(String value) {
    boolean address = value.startsWith("[");
    int colon = value.indexOf(':', address ? Math.max(0, value.indexOf(']')) : 0);
    int end = colon < 0 ? value.length() : colon;
    String name = value.substring(0, end);
    String port = value.substring(end);
    return (address ? isAddress(name) : isName(name)) && isPort(port)
        ? Optional.of(new HostHeader(normal(name), port))
        : Optional.empty();
  }

  private static boolean isName(String name) {
    int end = name.endsWith(".") ? name.length() - 1 : name.length();
    return end > 0
        && isLetterOrDigit(name.charAt(0))
        && isLetterOrDigit(name.charAt(end - 1))
        && all(name, 0, end, c -> isLetterOrDigit(c) || c == '.' || c == '-');
  }

  private static boolean isAddress(String name) {
    int end = name.length() - 1;
    return end > 1
        && name.charAt(end) == ']'
        && all(name, 1, end, c -> Character.digit(c, 16) >= 0 && c < 128 || c == ':' || c == '.');
  }

  private static boolean isPort(String port) {
    int end = port.length();
    return end == 0
        || end > 1 && end <= LONGEST_PORT && all(port, 1, end, c -> c >= '0' && c <= '9');
  }

  private static boolean isLetterOrDigit(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean all(String text, int from, int to, IntPredicate allowed) {
    for (int i = from; i < to; i++) {
      if (!allowed.test(text.charAt(i))) {
        return false;
      }
    }
    return true;
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
