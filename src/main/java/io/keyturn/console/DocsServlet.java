package io.keyturn.console;

import io.keyturn.guide.Guides;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * Gives each guide and each kind of problem a page of its own, all by one Faces page. The {@code
 * type} of a problem document is the address of its page.
 */
@WebServlet({"/docs/*", "/problems/*"})
public class DocsServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  static final String GUIDE = "keyturn.guide";
  static final String PROBLEM = "keyturn.problem";

  @Inject private transient Guides guides;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String info = request.getPathInfo();
    String path = info == null ? "" : info.substring(1);
    boolean problem = request.getServletPath().equals("/problems");
    Optional<String> file = problem ? Optional.empty() : guides.file(path);
    if (file.isPresent()) {
      response.setContentType("text/plain;charset=UTF-8");
      response.getWriter().print(file.get());
    } else if (problem ? guides.problem(path).isPresent() : guides.at(path).isPresent()) {
      request.setAttribute(problem ? PROBLEM : GUIDE, path);
      request.getRequestDispatcher("/docs.xhtml").forward(request, response);
    } else {
      RefusedPage.answer(
          request,
          response,
          Problem.of(ProblemType.NOT_FOUND, "Nothing is found at this address."));
    }
  }
}
