package io.keyturn.user.signin;

import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.HostNames;
import io.keyturn.user.signin.FederatedPeople.Admission;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code /sign-in/oidc} leads to the provider, {@code /sign-in/oidc/callback} takes who comes back.
 * A refusal leads to the sign-in page, which says why.
 */
@WebServlet({SingleSignOnServlet.PATH, SingleSignOnServlet.PATH + "/callback"})
public class SingleSignOnServlet extends HttpServlet {
  static final String PATH = "/sign-in/oidc";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger(SingleSignOnServlet.class.getName());

  /** Longer ones do not fit into the cookie that remembers them. */
  private static final int LONGEST_GOAL = 1_000;

  // Possessive, for otherwise each part of a long path would cost a frame of the stack.
  private static final String LOCAL_PATH = "/[a-z0-9-]++(/[a-z0-9-]++)*+";

  @Inject private SingleSignOn signOn;
  @Inject private PendingSignInCookie cookie;
  @Inject private FederatedPeople people;
  @Inject private CurrentUser current;
  @Inject private HostNames hosts;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Cache-Control", "no-store");
    try {
      if (!signOn.on()) {
        throw new SsoFailure(SsoRefusal.OFF, "no issuer is set");
      }
      if (request.getServletPath().equals(PATH)) {
        response.sendRedirect(begin(request, response));
      } else {
        response.sendRedirect(finish(request, response));
      }
    } catch (SsoFailure e) {
      LOG.log(Level.WARNING, "single sign-on: {0}", e.getMessage());
      response.sendRedirect(refused(e.why()));
    }
  }

  private static String refused(SsoRefusal why) {
    return "/login?sso=" + why.code();
  }

  private String begin(HttpServletRequest request, HttpServletResponse response) throws SsoFailure {
    String goal = String.valueOf(request.getParameter("return"));
    // The provider knows which hosts it may lead back to, so that a forged one gets nobody far.
    String redirect = ClientAddress.ofServer(request) + PATH + "/callback";
    boolean anew = request.getParameter("anew") != null;
    PendingSignIn begun =
        signOn.begin(
            redirect, goal.length() <= LONGEST_GOAL && goal.matches(LOCAL_PATH) ? goal : "/", anew);
    String address = signOn.address(begun).toString();
    cookie.keep(response, begun);
    return address;
  }

  private String finish(HttpServletRequest request, HttpServletResponse response)
      throws SsoFailure {
    PendingSignIn begun = cookie.take(request, response);
    Map<String, String> answer = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> answer.put(name, values[0]));
    SingleSignOn.Came came = signOn.finish(begun, answer);
    Admission admission =
        people.admit(
            signOn.organisation(),
            hosts.label(request).orElse(null),
            came.person(),
            ClientAddress.of(request));
    if (admission instanceof Admission.Admitted admitted) {
      current.signIn(admitted.user(), came.confirmedAt());
      return begun == null ? "/" : begun.goal();
    }
    return refused(((Admission.Refused) admission).why());
  }
}
