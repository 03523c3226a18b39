package io.keyturn.usage;

import io.keyturn.problem.SecretText;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Who sends requests with a key: an address and a user agent.
 *
 * @param address the network address; empty for all clients that have no count of their own
 * @param userAgent what the client says that it is; may be empty
 */
public record Client(String address, String userAgent) implements Comparable<Client> {
  static final Client OTHERS = new Client("", "");

  private static final int LONGEST_ADDRESS = 45;
  private static final int LONGEST_AGENT = 200;
  private static final Comparator<Client> ORDER =
      Comparator.comparing(Client::address).thenComparing(Client::userAgent);

  /** A client as it is stored: cut, without control characters, and without a secret. */
  public static Client of(String address, @Nullable String userAgent) {
    String agent = userAgent == null ? "" : SecretText.hidden(userAgent);
    return new Client(cut(address, LONGEST_ADDRESS), cut(printable(agent), LONGEST_AGENT).strip());
  }

  private static String printable(String text) {
    // As almost all are: a copy of each would be made for each request.
    if (text.codePoints().allMatch(Client::isPrintable)) {
      return text;
    }
    return text.codePoints()
        .filter(Client::isPrintable)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest);
  }

  @Override
  public int compareTo(Client other) {
    return ORDER.compare(this, other);
  }
}
