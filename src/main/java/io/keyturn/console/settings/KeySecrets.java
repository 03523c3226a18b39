package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.SecretHandover;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.renewal.IssuedRenewal;
import io.keyturn.renewal.Renewals;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/**
 * Gives a person the secret of a key or of its renewal credential, after their password where they
 * entered it more than 15 minutes ago. A secret travels in the answer to a POST only; it is kept
 * neither in the view nor in the session.
 */
@Named
@ViewScoped(saveInViewState = true)
public class KeySecrets extends PageState {
  private static final long serialVersionUID = 1L;

  /** What a renewal credential changes in a page, where the page has it. */
  private static final List<String> OF_RENEWAL = List.of("keys:ready", "renewal:panel", "how");

  @Inject private transient ApiKeys keys;
  @Inject private transient CurrentUser current;
  @Inject private transient Renewals renewals;

  private transient @Nullable String password;
  private @Nullable Asked asked;

  /** What a person wants to do with a secret. */
  enum Wish {
    COPY,
    SHOW,
    /** To copy a command that has the secret in it. */
    SNIPPET,
    /** To send a request with the secret from the browser. */
    TRY,
    /** To give the key a renewal credential. */
    RENEW,
    /** To give the key another renewal credential in place of its own. */
    REPLACE;

    private Scope needed() {
      return this == RENEW || this == REPLACE ? Scope.API_KEYS_RENEWAL : Scope.API_KEYS_REVEAL;
    }
  }

  /** What a person wants, while they are asked for their password. */
  private record Asked(ApiKeyId id, Wish wish, String networks) implements Serializable {}

  /** Gives a person what they wish, or asks them for their password first. */
  void give(ApiKeyId id, Wish wish) {
    give(new Asked(id, wish, ""));
  }

  /**
   * Gives a key a renewal credential, or asks the person for their password first.
   *
   * @param networks addresses and CIDR blocks from which it may be used
   */
  void renew(ApiKeyId id, String networks) {
    give(new Asked(id, Wish.RENEW, networks));
  }

  private void give(Asked wanted) {
    current.require(wanted.wish().needed());
    Networks networks = Networks.parse(wanted.networks());
    if (!current.recentlyConfirmed()) {
      asked = wanted;
      PrimeFaces.current().ajax().addCallbackParam("confirm", true);
      PrimeFaces.current().ajax().update("confirm-dialog");
      return;
    }
    OrganisationId organisation = current.organisation().id();
    Grantor grantor = Grantor.person(current.get().role().scopes());
    switch (wanted.wish()) {
      case RENEW ->
          hand(renewals.switchOn(organisation, wanted.id(), networks, grantor, current.actor()));
      case REPLACE -> hand(renewals.replace(organisation, wanted.id(), grantor, current.actor()));
      default -> {
        IssuedSecret issued = keys.reveal(organisation, wanted.id(), grantor, current.actor());
        SecretHandover.over(wanted.wish().name().toLowerCase(Locale.ROOT), issued);
      }
    }
  }

  private static void hand(IssuedRenewal issued) {
    SecretHandover.renewal(issued);
    PartsOfPage.update(OF_RENEWAL);
  }

  /** The button <b>Confirm</b> of the dialog that asks for the password again. */
  public void confirm() {
    Asked wanted = asked;
    FacesContext faces = FacesContext.getCurrentInstance();
    if (wanted == null) {
      Messages.notChosen(faces);
      return;
    }
    try {
      current
          .confirm(Objects.requireNonNullElse(password, ""))
          .ifPresentOrElse(
              why -> Messages.atField(faces, "confirm:password", why), () -> give(wanted));
    } catch (ProblemException e) {
      Messages.failure(faces, e.detail());
    }
  }

  /** Whether the dialog that asks for the password was opened. */
  public boolean isAsking() {
    return asked != null;
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }
}
