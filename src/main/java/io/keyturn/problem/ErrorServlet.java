package io.keyturn.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Answers the container's own failures (unknown paths, wrong methods, exceptions of filters and
 * pages): with a problem document for programs, and with a plain page for people. web.xml sends
 * them here.
 */
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger(ErrorServlet.class.getName());
  private static final int INTERNAL_ERROR = 500;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (thrown instanceof Throwable t && expiredView(t)) {
      write(
          request,
          response,
          Problem.of(
              ProblemType.MALFORMED_REQUEST,
              "Nothing was done. This page is no longer valid. Please open it again."));
      return;
    }
    Optional<Failure> foreseen = thrown instanceof Throwable t ? Failure.of(t) : Optional.empty();
    if (foreseen.isPresent()) {
      write(request, response, foreseen.get().problem(), foreseen.get().headers());
      return;
    }
    int status = code instanceof Integer i && i >= 400 ? i : 404;
    if (thrown instanceof Throwable t && status >= 500) {
      LOG.log(Level.SEVERE, "request " + RequestId.of(request) + " failed", Told.of(t));
    }
    write(
        request, response, Problem.of(ProblemType.ofStatus(status), ProblemMapper.detail(status)));
  }

  /**
   * Whether Faces or PrimeFaces threw this for a page that is forged, replayed or of another
   * session.
   */
  private static boolean expiredView(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String name = t.getClass().getName();
      if (name.startsWith("jakarta.faces.application.") || name.startsWith("org.primefaces.csp.")) {
        return true;
      }
    }
    return false;
  }

  /** Writes a problem as JSON, or as a page when the client is a browser outside the API. */
  public static void write(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    write(request, response, problem, Map.of());
  }

  /**
   * Writes a failure. For an unforeseen failure, the answer says only that the fault is the
   * server's.
   */
  public static void writeFailure(
      HttpServletRequest request, HttpServletResponse response, Throwable thrown)
      throws IOException {
    Optional<Failure> foreseen = Failure.of(thrown);
    if (foreseen.isPresent()) {
      write(request, response, foreseen.get().problem(), foreseen.get().headers());
      return;
    }
    LOG.log(Level.SEVERE, "request " + RequestId.of(request) + " failed", Told.of(thrown));
    write(
        request,
        response,
        Problem.of(ProblemType.INTERNAL_ERROR, ProblemMapper.detail(INTERNAL_ERROR)));
  }

  /** Writes a problem with response headers. */
  public static void write(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      Map<String, String> headers)
      throws IOException {
    String id = RequestId.of(request);
    String accept = String.valueOf(request.getHeader("Accept"));
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    String address = path == null ? request.getRequestURI() : path.toString();
    boolean page = accept.contains("text/html") && !address.startsWith("/api/");
    response.reset();
    response.setStatus(problem.type().status());
    response.setHeader(RequestId.HEADER, id);
    headers.forEach(response::setHeader);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    if (page) {
      response.setHeader(
          "Content-Security-Policy",
          "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'");
    }
    response.setContentType(page ? "text/html;charset=UTF-8" : Problem.MEDIA_TYPE);
    String body = page ? page(problem, id) : problem.toJson(id);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  /**
   * The page. Its texts and the id come from this application, but a detail may repeat a name that
   * a person typed.
   */
  private static String page(Problem problem, String id) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head><meta charset="utf-8"><title>%1$s</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="/assets/keyturn.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/assets/keyturn.css"></head>
    <body class="kt-plain"><header class="kt-header"><a class="kt-brand" href="/"><img
    src="/assets/keyturn.svg" alt="" width="28" height="28">Keyturn</a></header><main class="kt-card">
    <h1>%1$s</h1><p>%2$s</p><p class="kt-quiet">Request %3$s</p>
    <p><a href="/">To the start page</a></p>
    </main></body></html>
    """
        .formatted(problem.type().title(), escaped(problem.detail()), id);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
