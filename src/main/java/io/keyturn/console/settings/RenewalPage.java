package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.Grantor;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.SecretHandover;
import io.keyturn.http.Ids;
import io.keyturn.network.Networks;
import io.keyturn.organisation.HostNames;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.renewal.RenewalState;
import io.keyturn.renewal.Renewals;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/**
 * {@code /settings/renewal?id=…}: the renewal credential of a key. Its secret travels only in the
 * answer to a POST and is kept neither in the view nor in the session.
 */
@Named
@ViewScoped(saveInViewState = true)
public class RenewalPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String NETWORKS_FIELD = "renewal:networks";

  @Inject private transient Renewals renewals;
  @Inject private transient CurrentUser current;
  @Inject private transient HostNames hosts;
  @Inject private transient HttpServletRequest request;

  private String id = "";
  private String networks = "";
  private transient @Nullable String password;
  private @Nullable Wish wish;
  private transient @Nullable RenewalState state;

  /** The actions that need a recently entered password. */
  private enum Wish {
    SWITCH_ON,
    REPLACE
  }

  /** Reads the key that the address names; an unknown key is 404. */
  public void open() throws IOException {
    current.require(Scope.API_KEYS_RENEWAL);
    try {
      fill();
    } catch (ProblemException e) {
      faces().getExternalContext().responseSendError(e.type().status(), "");
      faces().responseComplete();
    }
  }

  private void fill() {
    state = null;
    RenewalState.On on = getState().on();
    networks = on == null ? "" : on.networks().replace(' ', '\n');
  }

  /** The key, and its renewal credential if it has one. */
  public RenewalState getState() {
    if (state == null) {
      current.require(Scope.API_KEYS_RENEWAL);
      state = renewals.find(current.organisation().id(), keyId());
    }
    return state;
  }

  public boolean isOn() {
    return getState().on() != null;
  }

  /** The button <b>Switch on</b>. */
  public void switchOn() {
    wish(Wish.SWITCH_ON);
  }

  /** The button <b>Replace</b> of the dialog. */
  public void replace() {
    wish(Wish.REPLACE);
  }

  private void wish(Wish wanted) {
    attempt(
        () -> {
          if (!current.recentlyConfirmed()) {
            Networks.parse(networks);
            wish = wanted;
            PrimeFaces.current().ajax().addCallbackParam("confirm", true);
            return;
          }
          OrganisationId organisation = current.organisation().id();
          Grantor grantor = Grantor.person(current.get().role().scopes());
          if (wanted == Wish.REPLACE) {
            SecretHandover.renewal(
                renewals.replace(organisation, keyId(), grantor, current.actor()));
          } else {
            SecretHandover.renewal(
                renewals.switchOn(
                    organisation, keyId(), Networks.parse(networks), grantor, current.actor()));
          }
          fill();
        });
  }

  /** The button <b>Confirm</b> of the dialog that asks for the password again. */
  public void confirm() {
    Wish asked = wish;
    if (asked == null) {
      Messages.notChosen(faces());
      return;
    }
    current
        .confirm(Objects.requireNonNullElse(password, ""))
        .ifPresentOrElse(
            why -> Messages.atField(faces(), "confirm:password", why), () -> wish(asked));
  }

  /** The button <b>Save networks</b>. */
  public void limit() {
    attempt(
        () -> {
          renewals.limit(
              current.organisation().id(), keyId(), Networks.parse(networks), current.actor());
          fill();
          Messages.success(faces(), "The networks were saved.");
        });
  }

  /** The button <b>Switch off</b> of the dialog. */
  public void switchOff() {
    attempt(
        () -> {
          renewals.switchOff(current.organisation().id(), keyId(), current.actor());
          fill();
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

  private ApiKeyId keyId() {
    return new ApiKeyId(Ids.inPath("API key", id));
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** The address of the token endpoint. */
  public String getTokenEndpoint() {
    return hosts.forPrograms(request) + "/api/v1/oauth/token";
  }

  public String getId() {
    return id;
  }

  public void setId(@Nullable String id) {
    this.id = id == null ? "" : id;
  }

  /** Addresses and CIDR blocks, one per line. */
  public String getNetworks() {
    return networks;
  }

  public void setNetworks(String networks) {
    this.networks = networks;
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }
}
