package io.keyturn.console;

import io.keyturn.http.ProblemAnswer;
import io.keyturn.problem.Failure;
import io.keyturn.problem.FailureLog;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import io.keyturn.problem.RequestId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in the frame of the pages, with their menu, why a request was refused. A failure of ours, or
 * too many requests, get a page that needs neither Faces nor the database.
 */
@Named
@RequestScoped
public class RefusedPage {
  /** Only a forward leads there. */
  static final String PATH = "/refused";

  private static final Set<ProblemType> SHOWN =
      Set.of(
          ProblemType.MALFORMED_REQUEST,
          ProblemType.UNAUTHENTICATED,
          ProblemType.FORBIDDEN,
          ProblemType.NOT_FOUND,
          ProblemType.METHOD_NOT_ALLOWED,
          ProblemType.CONFLICT,
          ProblemType.PRECONDITION_FAILED,
          ProblemType.INVALID);

  /** The refused request without its act, which Faces would perform at this page. */
  private static final class WithoutAct extends HttpServletRequestWrapper {
    WithoutAct(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }

    @Override
    public @Nullable String getParameter(String name) {
      return null;
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      return null;
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.emptyEnumeration();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      return Map.of();
    }
  }

  @Inject private HttpServletRequest request;

  /** Answers a request with a problem, as the page where a browser reads it. */
  static void answer(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException, ServletException {
    answer(request, response, problem, Map.of());
  }

  /** Answers a request with a problem and the response headers that belong to it. */
  static void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      Problem problem,
      Map<String, String> headers)
      throws IOException, ServletException {
    if (SHOWN.contains(problem.type())
        && ProblemAnswer.fromBrowser(request)
        && request.getHeader("Faces-Request") == null) {
      ProblemAnswer.begin(request, response, problem, headers);
      request.getRequestDispatcher(PATH + ".xhtml").forward(new WithoutAct(request), response);
    } else {
      ProblemAnswer.write(request, response, problem, headers);
    }
  }

  /**
   * Answers a request with what was thrown. Of a failure of ours, nobody is told more than that.
   */
  public static void answerFailure(
      HttpServletRequest request, HttpServletResponse response, Throwable thrown)
      throws IOException, ServletException {
    Optional<Failure> foreseen = Failure.of(thrown);
    if (foreseen.isPresent()) {
      FailureLog.foreseen(request, foreseen.get(), thrown);
      answer(request, response, foreseen.get().problem(), foreseen.get().headers());
    } else {
      ProblemAnswer.writeFailure(request, response, thrown);
    }
  }

  /** The problem of a request; nothing has been refused yet where there is none. */
  static boolean isOf(HttpServletRequest request) {
    return request.getAttribute(Problem.ATTRIBUTE) instanceof Problem;
  }

  /** Why the request was refused. */
  public Problem getProblem() {
    return (Problem) request.getAttribute(Problem.ATTRIBUTE);
  }

  /** The id by which the operator finds the request. */
  public String getRequestId() {
    return RequestId.of(request);
  }
}
