package io.keyturn.http;

import io.keyturn.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a page's form, in UTF-8: first from the address, then from the body (Jakarta
 * Servlet §3.1). The server would read the body without the limits of this application.
 */
final class FormParameters {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final int MOST = 10_000;

  private FormParameters() {}

  /** Whether a body of this type is a form. */
  static boolean is(@Nullable String contentType) {
    return contentType != null && contentType.split(";", 2)[0].strip().equalsIgnoreCase(TYPE);
  }

  /**
   * Reads the parameters.
   *
   * @throws ProblemException 400 when they cannot be decoded, or are more than {@value #MOST}
   */
  static Map<String, String[]> read(@Nullable String query, InputStream body) throws IOException {
    Map<String, List<String>> read = new LinkedHashMap<>();
    int count = add(read, query == null ? "" : query, 0);
    add(read, new String(body.readAllBytes(), StandardCharsets.UTF_8), count);
    Map<String, String[]> parameters = new LinkedHashMap<>();
    read.forEach((name, values) -> parameters.put(name, values.toArray(String[]::new)));
    return parameters;
  }

  private static int add(Map<String, List<String>> read, String text, int before) {
    int count = before;
    for (String pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MOST) {
        throw ProblemException.malformed("The form has more than " + MOST + " parameters.");
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      read.computeIfAbsent(name, n -> new ArrayList<>())
          .add(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
    }
    return count;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ProblemException.malformed(
          "The form has a % that does not begin an escaped character.");
    }
  }
}
