package io.keyturn.user;

import io.keyturn.problem.ErrorServlet;
import io.keyturn.problem.Problem;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.omnifaces.util.Servlets;

/**
 * Jakarta Security's view of the session: whoever signed in on the page is the request's principal,
 * with scopes as groups. Protected pages send others to the sign-in page. The API knows no
 * sessions.
 */
@ApplicationScoped
public class SessionAuthentication implements HttpAuthenticationMechanism {
  /** What is said of an act whose session is over. */
  public static final String ENDED =
      "Nothing was done: your session has ended. Sign in again, then repeat it.";

  /** The link that ends a session, on every page; it has nothing to do where there is none. */
  private static final String SIGN_OUT = "session:sign-out";

  @Inject private CurrentUser current;

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
      throws AuthenticationException {
    if (!hasPerson(request.getRequestURI())) {
      return context.doNothing();
    }
    Optional<User> user;
    try {
      user = current.find();
    } catch (RuntimeException e) {
      // The server would answer 403 without a word.
      return failed(request, response, e);
    }
    if (user.isPresent()) {
      Set<String> groups =
          user.get().role().scopes().stream().map(Object::toString).collect(Collectors.toSet());
      return context.notifyContainerAboutLogin(user.get().id().toString(), groups);
    }
    if (!context.isProtected()) {
      return context.doNothing();
    }
    boolean reading = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    if (reading) {
      Servlets.facesRedirect(request, response, "/login?return=%s", goal(request));
    } else if (SIGN_OUT.equals(request.getParameter("session:_idcl"))) {
      Servlets.facesRedirect(request, response, "/login");
    } else {
      return refuse(request, response);
    }
    return AuthenticationStatus.SEND_CONTINUE;
  }

  /** A redirect would lose the act, and what was typed for it, without a word. */
  private static AuthenticationStatus refuse(
      HttpServletRequest request, HttpServletResponse response) throws AuthenticationException {
    try {
      ErrorServlet.write(request, response, Problem.of(ProblemType.UNAUTHENTICATED, ENDED));
    } catch (IOException e) {
      throw new AuthenticationException(e);
    }
    return AuthenticationStatus.SEND_CONTINUE;
  }

  /** The API knows no sessions; scripts and styles are everybody's. */
  private static boolean hasPerson(String path) {
    return !path.startsWith("/api/")
        && !path.startsWith("/assets/")
        && !path.startsWith("/jakarta.faces.resource/");
  }

  private static AuthenticationStatus failed(
      HttpServletRequest request, HttpServletResponse response, RuntimeException thrown)
      throws AuthenticationException {
    try {
      ErrorServlet.writeFailure(request, response, thrown);
      return AuthenticationStatus.SEND_CONTINUE;
    } catch (IOException e) {
      throw new AuthenticationException(e);
    }
  }

  private static String goal(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
