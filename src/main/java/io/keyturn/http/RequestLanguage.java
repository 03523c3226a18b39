package io.keyturn.http;

import io.keyturn.language.Language;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** The language in which the sender of a request reads pages. */
public final class RequestLanguage {
  /** The cookie with the code of the language that was chosen in this browser. */
  public static final String COOKIE = "keyturn-language";

  private static final String ATTRIBUTE = "keyturn.language";

  private RequestLanguage() {}

  /** Sets the language that the person of the request has chosen. */
  public static void set(HttpServletRequest request, Language chosen) {
    request.setAttribute(ATTRIBUTE, chosen);
  }

  /**
   * The language: what the person has chosen, else what was chosen in this browser, else what the
   * browser asks for, else English.
   */
  public static Language of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Language chosen
        ? chosen
        : chosenHere(request)
            .orElseGet(() -> Language.accepted(request.getHeader("Accept-Language")));
  }

  /** Says in which language the answer is, and what caches must know of it. */
  public static void tell(HttpServletResponse response, Language language) {
    response.setHeader("Content-Language", language.code());
    response.addHeader("Vary", "Accept-Language, Cookie");
  }

  private static Optional<Language> chosenHere(HttpServletRequest request) {
    return Cookies.values(request, COOKIE)
        .map(value -> value.replace("\"", ""))
        .flatMap(code -> Language.of(code).stream())
        .findFirst();
  }
}
