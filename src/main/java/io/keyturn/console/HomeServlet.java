package io.keyturn.console;

import io.keyturn.user.signin.CurrentUser;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Shows the overview at the root address, or redirects to another first page of a person. */
@WebServlet("")
public class HomeServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final String OVERVIEW = "/overview.xhtml";

  @Inject private CurrentUser current;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (current.find().isPresent() && Navigation.overview(current)) {
      request.getRequestDispatcher(OVERVIEW).forward(request, response);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    response.sendRedirect(current.find().isPresent() ? Navigation.home(current) : "/login");
  }
}
