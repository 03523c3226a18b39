package io.keyturn.console;

import io.keyturn.problem.Failure;
import io.keyturn.problem.FailureLog;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import jakarta.faces.application.ProtectedViewException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.primefaces.csp.CspException;

/**
 * Answers the container's own failures: unknown paths, wrong methods, and what a filter or page
 * threw. web.xml sends them here.
 */
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private static final Pattern SUSPICIOUS = Pattern.compile("(?i)%(2f|5c|23|2e)");

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    if (thrown instanceof Throwable t && expiredView(t)) {
      RefusedPage.answer(
          request,
          response,
          Problem.of(
              ProblemType.MALFORMED_REQUEST,
              "Nothing was done. This page is no longer valid. Please open it again."));
      return;
    }
    if (thrown instanceof Throwable t && Failure.of(t).isPresent()) {
      RefusedPage.answerFailure(request, response, t);
      return;
    }
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    int status = code instanceof Integer i && i >= 400 ? i : 404;
    FailureLog.ofContainer(request, status, thrown instanceof Throwable t ? t : null);
    RefusedPage.answer(
        request,
        response,
        status == ProblemType.MALFORMED_REQUEST.status() && suspicious(request)
            ? Problem.of(
                ProblemType.MALFORMED_REQUEST,
                "The path has an encoded slash, backslash, # or dot, which the server does not take there.")
            : Problem.ofStatus(status));
  }

  /** Whether the container refuses the path (Jakarta Servlet 6.0, 3.5.2). */
  private static boolean suspicious(HttpServletRequest request) {
    Object refused = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return refused != null && SUSPICIOUS.matcher(refused.toString()).find();
  }

  /** For a page that is forged, replayed or of another session. */
  private static boolean expiredView(Throwable thrown) {
    return Failure.causes(thrown)
        .anyMatch(
            cause ->
                cause instanceof ViewExpiredException
                    || cause instanceof ProtectedViewException
                    || cause instanceof CspException);
  }
}
