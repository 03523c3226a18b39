package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.Reading;
import io.keyturn.network.Networks;
import io.keyturn.organisation.HostNames;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.renewal.RenewalState;
import io.keyturn.renewal.Renewals;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** The tab <b>Renewal</b> of a key's page: the key's renewal credential. */
@Named
@ViewScoped(saveInViewState = true)
public class KeyRenewal extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String NETWORKS_FIELD = "renewal:networks";

  @Inject private transient ApiKeyPage page;
  @Inject private transient KeySecrets secrets;
  @Inject private transient Renewals renewals;
  @Inject private transient CurrentUser current;
  @Inject private transient HostNames hosts;
  @Inject private transient HttpServletRequest request;

  private final Reading<RenewalState> state = new Reading<>();
  private @Nullable String networks;

  /** The key, and its renewal credential if it has one. */
  public RenewalState getState() {
    current.require(Scope.API_KEYS_RENEWAL);
    return state.get(() -> renewals.find(current.organisation().id(), keyId()));
  }

  private ApiKeyId keyId() {
    return page.getKey().id();
  }

  public boolean isOn() {
    return getState().on() != null;
  }

  /** The button <b>Switch on</b>. */
  public void switchOn() {
    attempt(() -> secrets.renew(keyId(), getNetworks()));
  }

  /** The button <b>Replace</b> of the dialog. */
  public void replace() {
    attempt(() -> secrets.give(keyId(), KeySecrets.Wish.REPLACE));
  }

  /** The button <b>Save networks</b>. */
  public void limit() {
    attempt(
        () -> {
          renewals.limit(
              current.organisation().id(), keyId(), Networks.parse(getNetworks()), current.actor());
          networks = null;
          Messages.success(faces(), "The networks were saved.");
        });
  }

  /** The button <b>Switch off</b> of the dialog. */
  public void switchOff() {
    attempt(
        () -> {
          renewals.switchOff(current.organisation().id(), keyId(), current.actor());
          networks = null;
          Messages.success(faces(), "Renewal was switched off. The client secret no longer works.");
        });
  }

  private void attempt(Runnable action) {
    try {
      current.require(Scope.API_KEYS_RENEWAL);
      action.run();
    } catch (ProblemException e) {
      if (e.errors().stream().anyMatch(error -> error.field().equals("networks"))) {
        Messages.atField(
            faces(),
            NETWORKS_FIELD,
            "Not done: "
                + e.errors().stream().map(FieldError::message).collect(Collectors.joining("; "))
                + ".");
      } else {
        Messages.failure(faces(), e.detail());
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** The address of the token endpoint. */
  public String getTokenEndpoint() {
    return hosts.forPrograms(request) + "/api/v1/oauth/token";
  }

  /** Addresses and CIDR blocks, one per line: as they were entered, else as they are. */
  public String getNetworks() {
    String entered = networks;
    if (entered != null) {
      return entered;
    }
    RenewalState.On on = getState().on();
    return on == null ? "" : on.networks().replace(' ', '\n');
  }

  public void setNetworks(String networks) {
    this.networks = networks;
  }
}
