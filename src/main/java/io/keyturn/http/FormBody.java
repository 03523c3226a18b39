package io.keyturn.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of an OAuth 2.0 request: {@code application/x-www-form-urlencoded} in UTF-8. */
public final class FormBody {
  private static final String TYPE = "application/x-www-form-urlencoded";

  /** The largest body in bytes. */
  public static final int LONGEST = 8 * 1024;

  /**
   * The body is not a readable form. The message is for the client and repeats nothing of the body.
   */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  private FormBody() {}

  /**
   * Reads the form. A parameter without a value counts as omitted; a repeated parameter is refused
   * (RFC 6749 §3.2).
   *
   * @param contentType the header; null when it is absent
   * @throws Unreadable when the body has another type, is longer than 8 KiB or malformed, or
   *     repeats a name
   */
  public static Map<String, String> read(@Nullable String contentType, byte[] body)
      throws Unreadable {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase(TYPE)) {
      throw new Unreadable("The body must be " + TYPE + ".");
    }
    Map<String, String> form = new HashMap<>();
    for (String pair : text(body).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0 || equals == pair.length() - 1) {
        continue;
      }
      String name = decoded(pair.substring(0, equals));
      if (form.put(name, decoded(pair.substring(equals + 1))) != null) {
        throw new Unreadable("A parameter is repeated.");
      }
    }
    return form;
  }

  private static String text(byte[] body) throws Unreadable {
    if (body.length <= LONGEST) {
      try {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      } catch (CharacterCodingException e) {
        // The answer is the same as for a body that is too long.
      }
    }
    throw new Unreadable("The body is too long or not UTF-8.");
  }

  private static String decoded(String text) throws Unreadable {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Unreadable("The body is malformed.");
    }
  }
}
