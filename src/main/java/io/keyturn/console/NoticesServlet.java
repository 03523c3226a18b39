package io.keyturn.console;

import io.keyturn.http.Ids;
import io.keyturn.notice.Notices;
import io.keyturn.user.signin.CurrentUser;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Notes that a person has read a notice, or all of them, and goes back to the page. A plain form
 * sends it, so that it needs no script. The notice of another person stays as it is.
 */
@WebServlet("/notices/read")
public class NoticesServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** The value of the button <b>Mark all as read</b>. */
  private static final String ALL = "all";

  @Inject private transient CurrentUser current;
  @Inject private transient Notices notices;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String pressed = String.valueOf(request.getParameter("read"));
    if (pressed.equals(ALL)) {
      notices.readAll(current.get().id());
    } else {
      try {
        notices.read(current.get().id(), Ids.parse(pressed));
      } catch (IllegalArgumentException e) {
        response.sendError(HttpServletResponse.SC_BAD_REQUEST);
        return;
      }
    }
    response.sendRedirect(LocalPath.or(request.getParameter("return"), NoticesPage.PATH));
  }
}
