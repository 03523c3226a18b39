package io.keyturn.http;

import io.keyturn.language.Language;
import io.keyturn.language.Sentences;
import io.keyturn.problem.Failure;
import io.keyturn.problem.FailureLog;
import io.keyturn.problem.Problem;
import io.keyturn.problem.RequestId;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Answers a problem outside of JAX-RS: as a problem document, or as a page where a browser asks
 * outside the API. There it is in the language of the browser; the API and programs get English.
 */
public final class ProblemAnswer {
  private static final int INTERNAL_ERROR = 500;

  private ProblemAnswer() {}

  /** Writes a problem. */
  public static void write(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    write(request, response, problem, Map.of());
  }

  /**
   * Logs what was thrown and writes what somebody is told of it. Of a failure that was not
   * foreseen, that is only that the failure is ours.
   */
  public static void writeFailure(
      HttpServletRequest request, HttpServletResponse response, Throwable thrown)
      throws IOException {
    Optional<Failure> foreseen = Failure.of(thrown);
    if (foreseen.isPresent()) {
      FailureLog.foreseen(request, foreseen.get(), thrown);
      write(request, response, foreseen.get().problem(), foreseen.get().headers());
    } else {
      FailureLog.unforeseen(request, thrown);
      write(request, response, Problem.ofStatus(INTERNAL_ERROR));
    }
  }

  /** Writes a problem with response headers that belong to it. */
  public static void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      Map<String, String> headers)
      throws IOException {
    String id = RequestId.of(request);
    boolean page = fromBrowser(request);
    begin(request, response, problem, headers);
    if (page) {
      response.setHeader("Content-Security-Policy", ProblemPage.CONTENT_SECURITY_POLICY);
    }
    response.setContentType(page ? "text/html;charset=UTF-8" : Problem.MEDIA_TYPE);
    Language language = ofApi(request) ? Language.ENGLISH : RequestLanguage.of(request);
    RequestLanguage.tell(response, language);
    Problem told =
        new Problem(
            problem.type(),
            Sentences.in(language).translate(problem.detail()),
            problem.errors(),
            problem.members());
    String body = page ? ProblemPage.of(told, language, id) : told.toJson(id);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /**
   * Begins an answer that says why a request failed: the status, the headers of each such answer,
   * and those that belong to the problem.
   */
  public static void begin(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      Map<String, String> headers) {
    request.setAttribute(Problem.ATTRIBUTE, problem);
    response.reset();
    response.setStatus(problem.type().status());
    response.setHeader(RequestId.HEADER, RequestId.of(request));
    headers.forEach(response::setHeader);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
  }

  /**
   * Whether a browser asks outside the API; after a failure of the container, for what it asked.
   */
  public static boolean fromBrowser(HttpServletRequest request) {
    return String.valueOf(request.getHeader("Accept")).contains("text/html") && !ofApi(request);
  }

  private static boolean ofApi(HttpServletRequest request) {
    Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String address = failed == null ? request.getRequestURI() : failed.toString();
    return address.startsWith("/api/");
  }
}
