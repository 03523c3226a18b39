package io.keyturn.user;

import io.keyturn.problem.ErrorServlet;
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

/**
 * Jakarta Security's view of the session: whoever signed in on the page is the request's principal,
 * with scopes as groups. The API knows no sessions.
 */
@ApplicationScoped
public class SessionAuthentication implements HttpAuthenticationMechanism {
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
    return context.doNothing();
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
}
