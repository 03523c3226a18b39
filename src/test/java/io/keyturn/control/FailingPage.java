package io.keyturn.control;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** A page that fails, as Faces does: by an exception around what it was. */
@WebServlet("/test-control/failing-page/*")
public class FailingPage extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    throw new ServletException("outer", new IllegalStateException("inner", cause(request)));
  }

  private static Exception cause(HttpServletRequest request) {
    return switch (request.getPathInfo()) {
      case "/unavailable" -> new ProblemException(ProblemType.UNAVAILABLE, "Too many at once.");
      case "/named" -> new ProblemException(ProblemType.CONFLICT, "<script>alert(1)</script> & co");
      case "/gone" -> new SQLTransientConnectionException("a-message-that-nobody-may-see");
      case "/stopping" -> new SQLException("a-message-that-nobody-may-see", "57P01");
      default -> new SQLException("a-message-that-nobody-may-see", "42000");
    };
  }
}
