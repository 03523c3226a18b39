package io.keyturn.console;

import io.keyturn.access.Scope;
import io.keyturn.http.LogContext;
import io.keyturn.http.ProblemAnswer;
import io.keyturn.http.RequestLanguage;
import io.keyturn.keyring.Keyring;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.User;
import io.keyturn.user.signin.CurrentUser;
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
import javax.crypto.spec.SecretKeySpec;
import org.omnifaces.util.Servlets;

/**
 * Decides who may open which page. It is closed by default: a page that is not in these lists is
 * not served. Browsers and proxies keep no page. A page acts only by a POST from its own origin.
 */
public class PageGuard extends HttpFilter {
  private static final long serialVersionUID = 1L;
  private static final String CHANGE_PASSWORD = "/change-password";
  private static final Set<String> OPEN =
      Set.of("/login", "/api-documentation", "/docs", "/invitation", "/language", "/sign-out");
  private static final Set<String> OF_EVERYBODY =
      Set.of(CHANGE_PASSWORD, "/profile", "/overview", "/notices", "/notices/read");
  private static final Map<String, Scope> NEEDS =
      Map.ofEntries(
          Map.entry("/suppliers", Scope.SUPPLIERS_READ),
          Map.entry("/suppliers/export", Scope.SUPPLIERS_READ),
          Map.entry("/supplier", Scope.SUPPLIERS_READ),
          Map.entry("/supplier-imports", Scope.SUPPLIERS_WRITE),
          Map.entry("/supplier-imports/file", Scope.SUPPLIERS_WRITE),
          Map.entry("/supplier-imports/result", Scope.SUPPLIERS_WRITE),
          Map.entry("/supplier-import", Scope.SUPPLIERS_WRITE),
          Map.entry("/settings/locations", Scope.SUPPLIERS_WRITE),
          Map.entry("/settings/api-authentication", Scope.API_KEYS_READ),
          Map.entry("/settings/api-key", Scope.API_KEYS_READ),
          Map.entry("/settings/requests", Scope.API_KEYS_READ),
          Map.entry("/settings/audit-log", Scope.AUDIT_LOG_READ),
          Map.entry("/settings/organisation", Scope.ORGANISATION_MANAGE),
          Map.entry("/settings/users", Scope.USERS_READ),
          Map.entry("/settings/roles", Scope.USERS_READ),
          Map.entry("/settings/webhook", Scope.WEBHOOKS_READ),
          Map.entry("/settings/webhooks", Scope.WEBHOOKS_READ));

  @Inject private CurrentUser current;
  @Inject private Keyring keyring;
  @Inject private PageLanguage language;

  /**
   * Gives Faces the keys that protect a page's state. All nodes share them, and they survive a
   * restart. Faces itself would create new keys at each start.
   */
  @Override
  public void init() {
    Keyring.PageKeys keys = keyring.pageKeys();
    getServletContext()
        .setAttribute("org.apache.myfaces.SECRET.CACHE", new SecretKeySpec(keys.cipher(), "AES"));
    getServletContext()
        .setAttribute(
            "org.apache.myfaces.MAC_SECRET.CACHE", new SecretKeySpec(keys.mac(), "HmacSHA256"));
  }

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
    Problem refused = PageAction.refused(request);
    if (refused != null) {
      refuse(request, response, refused);
      return;
    }
    boolean act = PageAction.is(request);
    String page = path.endsWith(".xhtml") ? path.substring(0, path.length() - 6) : path;
    Optional<User> user;
    try {
      user = current.find();
      if (user.isPresent()) {
        LogContext.put("organisation", current.organisation().domain());
        user.get().language().ifPresent(chosen -> RequestLanguage.set(request, chosen));
      }
    } catch (RuntimeException e) {
      ProblemAnswer.writeFailure(request, response, e);
      return;
    }
    RequestLanguage.tell(response, language.get());
    boolean told = page.equals(RefusedPage.PATH) && RefusedPage.isOf(request);
    if (told || OPEN.contains(page)) {
      chain.doFilter(request, response);
    } else if (user.isEmpty()) {
      turnAway(request, response, act);
    } else if (user.get().passwordChangeDue() && !page.equals(CHANGE_PASSWORD)) {
      if (act) {
        refuse(
            request,
            response,
            Problem.of(
                ProblemType.FORBIDDEN,
                "Nothing was done: your password was generated for you, and must be changed"
                    + " first."));
      } else {
        response.sendRedirect(CHANGE_PASSWORD);
      }
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
                (act ? "Nothing was done. " : "")
                    + "Your role does not have the permission for this page: "
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

  /**
   * Redirects to the sign-in page. An action is refused instead: a redirect would silently lose it
   * and what was typed for it.
   */
  private static void turnAway(
      HttpServletRequest request, HttpServletResponse response, boolean act)
      throws IOException, ServletException {
    if (!act) {
      boolean ended =
          request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
      Servlets.facesRedirect(
          request, response, "/login?return=%s" + (ended ? "&ended=true" : ""), goal(request));
    } else {
      refuse(
          request,
          response,
          Problem.of(
              ProblemType.UNAUTHENTICATED,
              "Nothing was done: your session has ended. Sign in again, then repeat it."));
    }
  }

  private static void refuse(
      HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException, ServletException {
    RefusedPage.answer(request, response, problem);
  }
}
