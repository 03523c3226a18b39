package io.keyturn.console;

import io.keyturn.organisation.HostNames;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.Authentication;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.user.signin.KnownPlaces;
import io.keyturn.user.signin.SingleSignOn;
import io.keyturn.user.signin.SsoRefusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;

/** {@code /login} */
@Named
@RequestScoped
public class LoginPage {
  @Inject private Authentication authentication;
  @Inject private KnownPlaces places;
  @Inject private CurrentUser current;
  @Inject private HostNames hosts;
  @Inject private SingleSignOn signOn;
  @Inject private HttpServletRequest request;
  @Inject private FacesContext faces;
  @Inject private Clock clock;

  private String email = "";
  private String password = "";
  private String goal = "";

  /** Signs in and opens the page that was asked for. */
  public void signIn() throws IOException {
    try {
      tell(
          authentication.signIn(
              email, password, hosts.label(request).orElse(null), places.of(request, email)));
    } catch (ProblemException e) {
      refuse(e.detail());
    }
  }

  private void tell(Authentication.Outcome outcome) throws IOException {
    if (outcome instanceof Authentication.Outcome.Welcome welcome) {
      current.signIn(welcome.user());
      places.remember(
          welcome.user(), request, (HttpServletResponse) faces.getExternalContext().getResponse());
      faces.getExternalContext().redirect(LocalPath.or(goal, Navigation.home(current)));
    } else if (outcome instanceof Authentication.Outcome.Later later) {
      refuse(later.sentence(clock));
    } else if (outcome instanceof Authentication.Outcome.NotAdmitted not) {
      refuse(not.why().sentence(Authentication.DIRECTORY));
    } else {
      refuse("Email or password is wrong.");
    }
  }

  private void refuse(String message) {
    Messages.failure(faces, message);
  }

  public String getEmail() {
    return email;
  }

  public void setEmail(String email) {
    this.email = email;
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }

  /** Whether single sign-on is available. */
  public boolean isSingleSignOn() {
    return signOn.on();
  }

  /** The name of the single sign-on provider. */
  public String getProvider() {
    return signOn.name();
  }

  /** Why single sign-on refused the person just now; nothing when it did not. */
  public String getRefused() {
    return SsoRefusal.of(
            faces.getExternalContext().getRequestParameterMap().getOrDefault("sso", ""))
        .map(SsoRefusal::sentence)
        .orElse("");
  }

  /** Whether the person comes here because their session has ended. */
  public boolean isEnded() {
    return "true".equals(faces.getExternalContext().getRequestParameterMap().get("ended"));
  }

  /** The page to open after signing in. */
  public String getGoal() {
    return goal;
  }

  public void setGoal(String goal) {
    this.goal = goal;
  }
}
