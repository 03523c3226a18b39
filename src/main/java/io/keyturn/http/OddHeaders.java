package io.keyturn.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Headers on which parsers of the server fail, and which they then log, rather than refusing. */
final class OddHeaders {
  /** The server itself parses this one, for pages, and keeps what it fails on in a file. */
  private static final List<String> OF_ALL = List.of("Accept-Language");

  private static final List<String> OF_THE_API =
      List.of("Accept", "Accept-Language", "Content-Type");

  private static final Pattern WEIGHTS = Pattern.compile(";\\s*+[qQ]\\s*+=\\s*+([^;,]*+)");

  /** As RFC 9110 §12.4.2 has it, or without its zero, as Java's own client sends it. */
  private static final Pattern WEIGHT = Pattern.compile("(0?\\.[0-9]{1,10}|0|1(\\.0{0,10})?)\\s*");

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*+charset\\s*+=\\s*+\"?([^;\"]*+)\"?", Pattern.CASE_INSENSITIVE);

  private static final Pattern DATE =
      Pattern.compile(
          "[A-Z][a-z]{2}, [0-3][0-9] [A-Z][a-z]{2} [0-9]{4} [0-2][0-9](:[0-5][0-9]){2} GMT");

  private OddHeaders() {}

  /**
   * Whether a header is a date as RFC 9110 §5.6.7 has it. One that is none counts as absent there;
   * the server keeps it in a file of its failures.
   */
  static boolean date(@Nullable String value) {
    return value != null && value.length() <= 40 && DATE.matcher(value).matches();
  }

  /** Whether the body is said to be in a character set that is not known here. */
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

  /** The name of a header with a weight that is no number from 0 to 1; null where there is none. */
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
