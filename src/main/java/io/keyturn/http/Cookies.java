package io.keyturn.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cookies of this platform. */
public final class Cookies {
  private Cookies() {}

  /**
   * The values of the cookies with this name that a browser has sent; more than one is possible.
   */
  public static Stream<String> values(HttpServletRequest request, String name) {
    return Stream.ofNullable(request.getCookies())
        .flatMap(Arrays::stream)
        .filter(cookie -> cookie.getName().equals(name))
        .map(Cookie::getValue)
        .map(String::valueOf);
  }

  /**
   * Sends a cookie that scripts do not see, and that no other site's forms send.
   *
   * @param kept how long the browser keeps it; null: until the browser ends
   * @param secure whether the browser sends it by https only
   */
  public static void set(
      HttpServletResponse response,
      String name,
      String value,
      @Nullable Duration kept,
      boolean secure) {
    response.addHeader(
        "Set-Cookie",
        name
            + "="
            + value
            + "; Path=/"
            + (kept == null ? "" : "; Max-Age=" + kept.toSeconds())
            + "; HttpOnly; SameSite=Lax"
            + (secure ? "; Secure" : ""));
  }
}
