package io.keyturn.user;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
    if (request.getRequestURI().startsWith("/api/")) {
      return context.doNothing();
    }
    Optional<User> user = current.find();
    if (user.isPresent()) {
      Set<String> groups =
          user.get().role().scopes().stream().map(Object::toString).collect(Collectors.toSet());
      return context.notifyContainerAboutLogin(user.get().id().toString(), groups);
    }
    return context.doNothing();
  }
}
