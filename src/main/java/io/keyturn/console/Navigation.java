package io.keyturn.console;

import io.keyturn.access.Scope;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import org.primefaces.context.PrimeFacesContext;

/** The header of each page: who is signed in, and the menu entries that the person may open. */
@Named
@RequestScoped
public class Navigation {
  private static final String OVERVIEW = "/";

  private static final String SUPPLIERS = "/suppliers";

  private static final String PROFILE = "/profile";

  @Inject private CurrentUser current;
  @Inject private FacesContext faces;
  @Inject private Clock clock;

  /** Whether the overview has anything for a person. */
  static boolean overview(CurrentUser current) {
    return current.may(Scope.API_KEYS_READ) || current.may(Scope.AUDIT_LOG_READ);
  }

  /** A person's first page: a page that they may open. */
  static String home(CurrentUser current) {
    if (overview(current)) {
      return OVERVIEW;
    }
    return current.may(Scope.SUPPLIERS_READ) ? SUPPLIERS : PROFILE;
  }

  public boolean isSignedIn() {
    return current.find().isPresent();
  }

  /** The person's email address, or nothing. */
  public String getEmail() {
    return current.find().map(u -> u.email()).orElse("");
  }

  /** The organisation's name, or nothing. */
  public String getOrganisation() {
    return isSignedIn() ? current.organisation().name() : "";
  }

  public boolean isApiAuthentication() {
    return current.may(Scope.API_KEYS_READ);
  }

  public boolean isSuppliers() {
    return current.may(Scope.SUPPLIERS_READ);
  }

  public boolean isLocations() {
    return current.may(Scope.SUPPLIERS_WRITE);
  }

  public boolean isAuditLog() {
    return current.may(Scope.AUDIT_LOG_READ);
  }

  public boolean isUsers() {
    return current.may(Scope.USERS_READ);
  }

  public boolean isWebhooks() {
    return current.may(Scope.WEBHOOKS_READ);
  }

  public boolean isOrganisationSettings() {
    return current.may(Scope.ORGANISATION_MANAGE);
  }

  /** The nonce of the page, for a form that no script of PrimeFaces completes. */
  public String getNonce() {
    return PrimeFacesContext.getCspState(faces).getNonce();
  }

  /** The server's time in milliseconds, by which the page tells past from future. */
  public long getNow() {
    return clock.millis();
  }

  /** The value of {@code aria-current} for the menu entry of this path. */
  public String current(String path) {
    return faces.getViewRoot().getViewId().equals(path + ".xhtml") ? "page" : "false";
  }
}
