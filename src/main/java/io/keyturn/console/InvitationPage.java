package io.keyturn.console;

import io.keyturn.http.ClientAddress;
import io.keyturn.organisation.HostNames;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.User;
import io.keyturn.user.signin.Authentication;
import io.keyturn.user.signin.CurrentUser;
import io.keyturn.user.signin.InitialPassword;
import io.keyturn.user.signin.KnownPlaces;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code /invitation?token=…}: the target of one-time links. Opening it does not use the link up,
 * because mail programs open links too.
 */
@Named
@RequestScoped
public class InvitationPage {
  @Inject private Authentication authentication;
  @Inject private KnownPlaces places;
  @Inject private CurrentUser current;
  @Inject private InitialPassword initialPassword;
  @Inject private Organisations organisations;
  @Inject private HostNames hosts;
  @Inject private HttpServletRequest request;
  @Inject private FacesContext faces;

  private String token = "";
  private String name = "";
  private String newPassword = "";
  private String repeated = "";
  private @Nullable User holder;
  private @Nullable ProblemException refused;

  /** Finds the link before a form is processed, because only a valid link has a form. */
  @PostConstruct
  void lookUp() {
    token = parameter("token");
    try {
      holder = authentication.holder(token, domain(), ClientAddress.of(request));
    } catch (ProblemException e) {
      refused = e;
    }
  }

  /** The injected request is the server's own. The first filter has already read its body. */
  private String parameter(String name) {
    return faces.getExternalContext().getRequestParameterMap().getOrDefault(name, "");
  }

  /** Before the page is shown, explains why it has no form. */
  public void open() {
    if (refused != null) {
      faces.getExternalContext().setResponseStatus(refused.type().status());
      Messages.failure(faces, refused.detail());
    }
  }

  /** The button <b>Join</b> or <b>Set Password</b>: uses the link up and signs the person in. */
  public void follow() throws IOException {
    try {
      User user =
          authentication.follow(
              token, domain(), name, newPassword, repeated, ClientAddress.of(request));
      initialPassword.forget(user.email());
      current.signIn(user);
      places.remember(
          user, request, (HttpServletResponse) faces.getExternalContext().getResponse());
      faces.getExternalContext().redirect(Navigation.home(current));
    } catch (ProblemException e) {
      for (FieldError error : e.errors()) {
        Messages.atField(faces, "form:" + error.field(), error.message());
      }
      if (e.errors().isEmpty()) {
        refused = e;
        holder = null;
      }
    }
  }

  private @Nullable String domain() {
    return hosts.label(request).orElse(null);
  }

  /** Whether the link is valid. */
  public boolean isValid() {
    return holder != null;
  }

  /** Whether the link is an invitation, so that the person has no name yet. */
  public boolean isJoining() {
    return holder != null && holder.standing() == User.Standing.INVITED;
  }

  public String getEmail() {
    return holder == null ? "" : holder.email();
  }

  /** The name of the organisation that the link belongs to. */
  public String getOrganisation() {
    return holder == null
        ? ""
        : organisations.byId(holder.organisationId()).map(o -> o.name()).orElse("");
  }

  public String getToken() {
    return token;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getNewPassword() {
    return "";
  }

  public void setNewPassword(String password) {
    this.newPassword = password;
  }

  public String getRepeated() {
    return "";
  }

  public void setRepeated(String password) {
    this.repeated = password;
  }
}
