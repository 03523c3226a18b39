package io.keyturn.console;

import io.keyturn.http.ProblemAnswer;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import io.keyturn.problem.RequestId;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Says that there is nothing at an address, or that a person may not see it, in the frame of the
 * pages with their menu. Other problems get a page that needs neither Faces nor the database.
 */
@Named
@RequestScoped
public class RefusedPage {
  /** Only a forward leads there. */
  static final String PATH = "/refused";

  private static final Set<ProblemType> SHOWN =
      Set.of(ProblemType.NOT_FOUND, ProblemType.FORBIDDEN);

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
        && !PageAction.is(request)
        && ProblemAnswer.fromBrowser(request)) {
      ProblemAnswer.begin(request, response, problem, headers);
      request.getRequestDispatcher(PATH + ".xhtml").forward(request, response);
    } else {
      ProblemAnswer.write(request, response, problem, headers);
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
