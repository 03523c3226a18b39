package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.Refreshes;
import io.keyturn.console.ClientCountText;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.SecretHandover;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.renewal.IssuedRenewal;
import io.keyturn.renewal.Renewals;
import io.keyturn.usage.Clients;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/**
 * What a person does with a key, in the table and on the key's page: copy and show its secret,
 * refresh and revoke it. A secret travels in the answer to a POST only; it is kept neither in the
 * view nor in the session.
 */
@Named
@ViewScoped(saveInViewState = true)
public class KeyActs extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String TABLE = "keys:table";

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Inject private transient ApiKeys keys;
  @Inject private transient Refreshes refreshes;
  @Inject private transient Clients clients;
  @Inject private transient CurrentUser current;
  @Inject private transient Renewals renewals;
  @Inject private transient KeyReady ready;

  private transient @Nullable String password;
  private boolean keepOld;
  private String grace = "PT1H";
  private String reason = "";
  private String chosenClients = "";
  private String dialog = "";
  private @Nullable Chosen chosen;

  /** What a person wants to do with the secret of a key. */
  private enum Wish {
    COPY,
    SHOW,
    /** To copy a command that has the secret in it. */
    SNIPPET,
    /** To send a request with the secret from the browser. */
    TRY,
    /** To give the key a renewal credential. */
    RENEW
  }

  /** The row that a dialog is about, as it was when the dialog opened. */
  private record Chosen(ApiKeyId id, String name, int number, @Nullable Wish wish)
      implements Serializable {}

  public boolean isManage() {
    return current.may(Scope.API_KEYS_MANAGE);
  }

  public boolean isReveal() {
    return current.may(Scope.API_KEYS_REVEAL) && !current.organisation().strict();
  }

  public boolean isRenewal() {
    return current.may(Scope.API_KEYS_RENEWAL);
  }

  /** Performs the act that a button names on the key of its row. */
  public void act() {
    String act = parameter("act");
    switch (act) {
      case "copy", "show", "snippet", "try" -> {
        Wish wish = Wish.valueOf(act.toUpperCase(Locale.ROOT));
        attempt(() -> give(Scope.API_KEYS_REVEAL, pressed(wish)));
      }
      case "renew" -> attempt(() -> give(Scope.API_KEYS_RENEWAL, pressed(Wish.RENEW)));
      case "close" -> {
        ready.close();
        PrimeFaces.current().ajax().update("keys:ready");
      }
      case "refresh", "revoke" -> choose(act);
      default -> Messages.failure(faces(), "Nothing was done: please open the page again.");
    }
  }

  private static String parameter(String name) {
    return String.valueOf(faces().getExternalContext().getRequestParameterMap().get(name));
  }

  private Chosen pressed(@Nullable Wish wish) {
    current.require(Scope.API_KEYS_READ);
    ApiKeyRow row = keys.get(current.organisation().id(), new ApiKeyId(PressedRow.id("API key")));
    if (row.revoked()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "\"" + row.name() + "\" was revoked meanwhile.");
    }
    return new Chosen(row.id(), row.name(), row.number(), wish);
  }

  /** Gives the person what they wish, unless they must enter their password first. */
  private void give(Scope needed, Chosen row) {
    current.require(needed);
    if (!current.recentlyConfirmed()) {
      chosen = row;
      dialog = "confirm";
      PrimeFaces.current().ajax().addCallbackParam("confirm", true);
      PrimeFaces.current().ajax().update("confirm-dialog");
      return;
    }
    if (row.wish() == Wish.RENEW) {
      renew(row);
    } else {
      reveal(row);
    }
  }

  private static Scope needed(Chosen row) {
    return row.wish() == Wish.RENEW ? Scope.API_KEYS_RENEWAL : Scope.API_KEYS_REVEAL;
  }

  private void renew(Chosen row) {
    IssuedRenewal issued =
        renewals.switchOn(
            current.organisation().id(),
            row.id(),
            Networks.ALL,
            Grantor.person(current.get().role().scopes()),
            current.actor());
    SecretHandover.renewal(issued);
    PrimeFaces.current().ajax().update("keys:ready");
  }

  private void reveal(Chosen row) {
    IssuedSecret issued =
        keys.reveal(
            current.organisation().id(),
            row.id(),
            Grantor.person(current.get().role().scopes()),
            current.actor());
    SecretHandover.over(String.valueOf(row.wish()).toLowerCase(Locale.ROOT), issued);
  }

  /** The button <b>Confirm</b> of the dialog that asks for the password again. */
  public void confirm() {
    Chosen row = chosen;
    if (row == null) {
      Messages.notChosen(faces());
      return;
    }
    attempt(
        () ->
            current
                .confirm(Objects.requireNonNullElse(password, ""))
                .ifPresentOrElse(
                    why -> Messages.atField(faces(), "confirm:password", why),
                    () -> give(needed(row), row)));
  }

  private void choose(String wanted) {
    chosen = null;
    dialog = wanted;
    PrimeFaces.current().ajax().update(wanted + "-dialog");
    attempt(
        () -> {
          Chosen row = pressed(null);
          chosen = row;
          chosenClients =
              ClientCountText.sentence(
                  clients.ofCurrent(current.organisation().id(), row.id(), row.number()));
          keepOld = false;
          grace = "PT1H";
          reason = "";
          PrimeFaces.current().ajax().addCallbackParam("dialog", wanted + "Dialog");
        });
  }

  /** The button <b>Refresh</b> of the dialog. */
  public void refresh() {
    Chosen row = chosen;
    if (row == null) {
      Messages.notChosen(faces());
      return;
    }
    attempt(
        () -> {
          current.require(Scope.API_KEYS_MANAGE);
          OrganisationId organisation = current.organisation().id();
          Duration keep = keepOld ? Duration.parse(grace) : Duration.ZERO;
          Optional<IssuedSecret> issued =
              refreshes.refreshSeen(organisation, row.id(), row.number(), keep, current.actor());
          ApiKeyRow now = keys.get(organisation, row.id());
          if (issued.isEmpty()) {
            throw refreshedMeanwhile(row, now);
          }
          Messages.success(
              faces(), "\"%s\" was refreshed. %s", row.name(), works("The old secret", now));
          SecretHandover.once(current, issued.get(), now.scopes());
        });
  }

  /**
   * Somebody else refreshed first, so that person has decided how long the previous secret works.
   */
  private static ProblemException refreshedMeanwhile(Chosen row, ApiKeyRow now) {
    return new ProblemException(
        ProblemType.CONFLICT,
        "\"%s\" was refreshed meanwhile, and was not refreshed again. %s%s"
            .formatted(
                row.name(),
                works("The previous secret", now),
                now.retiredUntil() == null ? "" : " To stop it now, refresh once more."));
  }

  private static String works(String secret, ApiKeyRow now) {
    return now.retiredUntil() == null
        ? secret + " no longer works."
        : secret + " works until " + MINUTE.format(now.retiredUntil()) + ".";
  }

  /** The button <b>Revoke</b> of the dialog. */
  public void revoke() {
    Chosen row = chosen;
    if (row == null) {
      Messages.notChosen(faces());
      return;
    }
    attempt(
        () -> {
          current.require(Scope.API_KEYS_MANAGE);
          keys.revoke(current.organisation().id(), row.id(), reason, current.actor());
          Messages.success(faces(), "\"%s\" was revoked. It no longer works.", row.name());
        });
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (ProblemException e) {
      Messages.failure(faces(), e.detail());
      if (faces().getViewRoot().findComponent(TABLE) != null) {
        PrimeFaces.current().ajax().update(TABLE);
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** The key of the last act as it is now, to replace its row; nothing before the first act. */
  public List<ApiKeyRow> getChanged() {
    return chosen == null ? List.of() : List.of(keys.get(current.organisation().id(), chosen.id()));
  }

  /** Which dialog was opened: {@code refresh}, {@code revoke} or {@code confirm}. */
  public String getDialog() {
    return dialog;
  }

  /** The name of the key that the open dialog is about. */
  public String getChosenName() {
    return chosen == null ? "" : chosen.name();
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }

  public boolean isKeepOld() {
    return keepOld;
  }

  public void setKeepOld(boolean keepOld) {
    this.keepOld = keepOld;
  }

  /** How long to keep the old secret, as an ISO 8601 duration. */
  public String getGrace() {
    return grace;
  }

  public void setGrace(String grace) {
    this.grace = grace;
  }

  /** How many clients used the current secret in the last day, as a sentence. */
  public String getChosenClients() {
    return chosenClients;
  }

  /** The id of the key that the open dialog is about. */
  public String getChosenId() {
    return chosen == null ? "" : chosen.id().toString();
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
