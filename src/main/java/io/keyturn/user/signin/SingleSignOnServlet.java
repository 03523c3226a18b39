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
 * {@code /sign-in/oidc} redirects to the provider, and {@code /sign-in/oidc/callback} receives its
 * answer. A refused person is sent to the sign-in page, which says why.
 */
@WebServlet({SingleSignOnServlet.PATH, SingleSignOnServlet.PATH + "/callback"})
public class SingleSignOnServlet extends HttpServlet {
  static final String PATH = "/sign-in/oidc";

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = Logger.getLogger(SingleSignOnServlet.class.getName());

  /** A longer address does not fit into the cookie. */
  private static final int LONGEST_RETURN = 1_000;

  // Possessive quantifiers: with others, each part of a long path would cost a stack frame.
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
    String returnTo = String.valueOf(request.getParameter("return"));
    // A forged Host gets no further, since the provider knows the permitted redirect addresses.
    String redirectUri = ClientAddress.ofServer(request) + PATH + "/callback";
    boolean forcePassword = request.getParameter("anew") != null;
    PendingSignIn pending =
        signOn.begin(
            redirectUri,
            returnTo.length() <= LONGEST_RETURN && returnTo.matches(LOCAL_PATH) ? returnTo : "/",
            forcePassword);
    String address = signOn.address(pending).toString();
    cookie.keep(response, pending);
    return address;
  }

  private String finish(HttpServletRequest request, HttpServletResponse response)
      throws SsoFailure {
    PendingSignIn pending = cookie.take(request, response);
    Map<String, String> answer = new HashMap<>();
    request.getParameterMap().forEach((name, values) -> answer.put(name, values[0]));
    SingleSignOn.CompletedSignIn signIn = signOn.finish(pending, answer);
    Admission admission =
        people.admit(
            signOn.organisation(),
            hosts.label(request).orElse(null),
            signIn.person(),
            ClientAddress.of(request));
    if (admission instanceof Admission.Admitted admitted) {
      current.signIn(admitted.user(), signIn.confirmedAt());
      return pending == null ? "/" : pending.returnTo();
    }
    return refused(((Admission.Refused) admission).why());
  }
}
