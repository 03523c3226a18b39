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
import io.keyturn.console.NextAct;
import io.keyturn.console.PageState;
import io.keyturn.console.ReaderZone;
import io.keyturn.console.SecretHandover;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.usage.Clients;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/**
 * What a person does with a key, in the table and on the key's page: copy and show its secret,
 * refresh it, revoke it, and stop it because its secret leaked.
 */
@Named
@ViewScoped(saveInViewState = true)
public class KeyActs extends PageState {
  private static final long serialVersionUID = 1L;

  /** What shows keys: the table, and the head of a key's page. */
  private static final List<String> OF_KEYS = List.of("keys:table", "keys:key", "rename:state");

  /** The parts of a key's page in which a person enters something. */
  private static final List<String> ENTERED = List.of("rename:panel", "tab");

  @Inject private transient ApiKeys keys;
  @Inject private transient Refreshes refreshes;
  @Inject private transient Clients clients;
  @Inject private transient CurrentUser current;
  @Inject private transient KeySecrets secrets;
  @Inject private transient KeyReady ready;
  @Inject private transient ReaderZone zone;
  @Inject private transient NextAct next;

  private boolean keepOld;
  private String grace = "PT1H";
  private String reason = "";
  private String chosenClients = "";
  private String dialog = "";
  private boolean unsaved;
  private @Nullable Chosen chosen;

  /** The row that a dialog is about, as it was when the dialog opened. */
  private record Chosen(ApiKeyId id, String name, int number) implements Serializable {}

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
    unsaved = Boolean.parseBoolean(parameter("unsaved"));
    switch (act) {
      case "copy", "show", "snippet", "try", "renew" ->
          attempt(
              () ->
                  secrets.give(
                      pressed().id(), KeySecrets.Wish.valueOf(act.toUpperCase(Locale.ROOT))));
      case "ready" ->
          attempt(
              () -> {
                ready.open(pressed().id());
                PrimeFaces.current().ajax().addCallbackParam("ready", true);
                PrimeFaces.current().ajax().update("keys:ready");
              });
      case "close" -> {
        ready.close();
        PrimeFaces.current().ajax().update("keys:ready");
      }
      case "refresh", "revoke", "stop" -> choose(act);
      default -> Messages.failure(faces(), "Nothing was done: please open the page again.");
    }
  }

  private static String parameter(String name) {
    return String.valueOf(faces().getExternalContext().getRequestParameterMap().get(name));
  }

  private Chosen pressed() {
    current.require(Scope.API_KEYS_READ);
    ApiKeyRow row = keys.get(current.organisation().id(), new ApiKeyId(PressedRow.id("API key")));
    if (row.revoked()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "\"" + row.name() + "\" was revoked meanwhile.");
    }
    return new Chosen(row.id(), row.name(), row.number());
  }

  private void choose(String wanted) {
    chosen = null;
    dialog = wanted;
    PrimeFaces.current().ajax().update(wanted + "-dialog");
    attempt(
        () -> {
          Chosen row = pressed();
          chosen = row;
          chosenClients =
              ClientCountText.sentence(
                  clients.ofCurrent(current.organisation().id(), row.id(), row.number()));
          keepOld = false;
          grace = "PT1H";
          reason = "";
          PrimeFaces.current().ajax().addCallbackParam("dialog", wanted);
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
          offerCopy(row);
          SecretHandover.once(current, issued.get(), now.scopes());
        });
  }

  /**
   * Somebody else refreshed first, so that person has decided how long the previous secret works.
   */
  private ProblemException refreshedMeanwhile(Chosen row, ApiKeyRow now) {
    return new ProblemException(
        ProblemType.CONFLICT,
        "\"%s\" was refreshed meanwhile, and was not refreshed again. %s%s"
            .formatted(
                row.name(),
                works("The previous secret", now),
                now.retiredUntil() == null ? "" : " To stop it now, refresh once more."));
  }

  private String works(String secret, ApiKeyRow now) {
    return now.retiredUntil() == null
        ? secret + " no longer works."
        : secret + " works until " + zone.minute(now.retiredUntil()) + ".";
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
          // Nothing of a revoked key can be saved any more.
          PartsOfPage.update(ENTERED);
          Messages.success(faces(), "\"%s\" was revoked. It no longer works.", row.name());
        });
  }

  /**
   * The button <b>Stop now</b> of the dialog. A person who may do less than the key may still stop
   * a leaked secret. They do not get the new secret.
   */
  public void stopLeaked() {
    Chosen row = chosen;
    if (row == null) {
      Messages.notChosen(faces());
      return;
    }
    attempt(
        () -> {
          current.require(Scope.API_KEYS_MANAGE);
          OrganisationId organisation = current.organisation().id();
          IssuedSecret issued =
              refreshes.leaked(organisation, row.id(), reason, Grantor.anybody(), current.actor());
          Messages.success(
              faces(), "All secrets of \"%s\" were stopped. It has a new secret.", row.name());
          offerCopy(row);
          SecretHandover.once(current, issued, keys.get(organisation, row.id()).scopes());
        });
  }

  private void offerCopy(Chosen row) {
    if (isReveal()) {
      next.offer("copy", "Copy the new secret", row.id());
    }
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (ProblemException e) {
      Optional<String> reasonAtFault = e.messageAt("reason");
      if (reasonAtFault.isPresent()) {
        Messages.atField(faces(), dialog + ":reason", reasonAtFault.get());
        return;
      }
      Messages.failure(faces(), e.detail());
      PartsOfPage.update(OF_KEYS);
      if (!unsaved) {
        PartsOfPage.update(ENTERED);
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

  /** Whether the page held what was not saved when the act began. An act does not overwrite it. */
  public boolean isUnsaved() {
    return unsaved;
  }

  /** Which dialog was opened: {@code refresh}, {@code revoke} or {@code stop}. */
  public String getDialog() {
    return dialog;
  }

  /** The name of the key that the open dialog is about. */
  public String getChosenName() {
    return chosen == null ? "" : chosen.name();
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
