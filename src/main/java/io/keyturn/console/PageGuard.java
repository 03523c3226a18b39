package io.keyturn.console;

import io.keyturn.access.Scope;
import io.keyturn.problem.ErrorServlet;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.CurrentUser;
import io.keyturn.user.User;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.omnifaces.util.Servlets;

/**
 * Who may open which page: closed by default, for an address that is not in these lists is not
 * served. No page is kept by browsers or proxies.
 */
public class PageGuard extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String CHANGE_PASSWORD = "/change-password";
  private static final Set<String> OPEN = Set.of("/login", "/api-documentation", "/invitation");
  private static final Set<String> OF_EVERYBODY = Set.of(CHANGE_PASSWORD, "/profile");
  private static final Map<String, Scope> NEEDS =
      Map.ofEntries(
          Map.entry("/settings/api-authentication", Scope.API_KEYS_READ),
          Map.entry("/settings/api-key", Scope.API_KEYS_READ),
          Map.entry("/settings/renewal", Scope.API_KEYS_RENEWAL),
          Map.entry("/settings/audit-log", Scope.AUDIT_LOG_READ),
          Map.entry("/settings/organisation", Scope.ORGANISATION_MANAGE),
          Map.entry("/settings/users", Scope.USERS_READ),
          Map.entry("/settings/roles", Scope.USERS_READ));

  @Inject private CurrentUser current;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getServletPath();
    if (path.startsWith("/jakarta.faces.resource/")) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Cache-Control", "no-store");
    String page = path.endsWith(".xhtml") ? path.substring(0, path.length() - 6) : path;
    Optional<User> user = current.find();
    if (OPEN.contains(page)) {
      chain.doFilter(request, response);
    } else if (user.isEmpty()) {
      // A page's action by ajax needs another answer than a redirect, which only its script would
      // see.
      Servlets.facesRedirect(request, response, "/login?return=%s", goal(request));
    } else if (user.get().passwordChangeDue() && !page.equals(CHANGE_PASSWORD)) {
      response.sendRedirect(CHANGE_PASSWORD);
    } else if (OF_EVERYBODY.contains(page)) {
      chain.doFilter(request, response);
    } else {
      Scope needed = NEEDS.get(page);
      if (needed == null) {
        refuse(
            request,
            response,
            Problem.of(ProblemType.NOT_FOUND, "Nothing is found at this address."));
      } else if (!current.may(needed)) {
        refuse(
            request,
            response,
            Problem.of(
                ProblemType.FORBIDDEN,
                "Your role does not have the permission for this page: "
                    + needed.description()
                    + ". An administrator of your organisation can give it to you."));
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  private static String goal(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    ErrorServlet.write(request, response, problem);
  }
}
