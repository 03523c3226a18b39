package io.keyturn.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds headers on which the server's parsers fail and write a log entry, so that they are refused
 * first.
 */
final class OddHeaders {
  /** The server parses this header for pages, and stores its failures in a file. */
  private static final List<String> OF_ALL = List.of("Accept-Language");

  private static final List<String> OF_THE_API =
      List.of("Accept", "Accept-Language", "Content-Type");

  private static final Pattern WEIGHTS = Pattern.compile(";\\s*+[qQ]\\s*+=\\s*+([^;,]*+)");

  /** The form of RFC 9110 §12.4.2, and the form without the zero, which Java's own client sends. */
  private static final Pattern WEIGHT = Pattern.compile("(0?\\.[0-9]{1,10}|0|1(\\.0{0,10})?)\\s*");

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*+charset\\s*+=\\s*+\"?([^;\"]*+)\"?", Pattern.CASE_INSENSITIVE);

  private static final Pattern DATE =
      Pattern.compile(
          "[A-Z][a-z]{2}, [0-3][0-9] [A-Z][a-z]{2} [0-9]{4} [0-2][0-9](:[0-5][0-9]){2} GMT");

  private OddHeaders() {}

  /**
   * Whether a header is a date in the form of RFC 9110 §5.6.7. A malformed date counts as absent;
   * the server would store the failure in a file.
   */
  static boolean date(@Nullable String value) {
    return value != null && value.length() <= 40 && DATE.matcher(value).matches();
  }

  /** Whether the body has an unknown character set. */
  static boolean unknownCharset(HttpServletRequest request) {
    String type = request.getHeader("Content-Type");
    if (type == null || type.indexOf(';') < 0) {
      return false;
    }
    Matcher charset = CHARSET.matcher(type);
    while (charset.find()) {
      if (!supported(charset.group(1).strip())) {
        return true;
      }
    }
    return false;
  }

  private static boolean supported(String charset) {
    try {
      return Charset.isSupported(charset);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  /**
   * The name of a header with a malformed weight, which must be a number from 0 to 1; null when
   * there is none.
   */
  static @Nullable String unreadable(HttpServletRequest request, boolean api) {
    for (String header : api ? OF_THE_API : OF_ALL) {
      for (String value : Collections.list(request.getHeaders(header))) {
        if (value.indexOf(';') >= 0 && !weighed(value)) {
          return header;
        }
      }
    }
    return null;
  }

  private static boolean weighed(String value) {
    Matcher weights = WEIGHTS.matcher(value);
    while (weights.find()) {
      if (!WEIGHT.matcher(weights.group(1)).matches()) {
        return false;
      }
    }
    return true;
  }
}
