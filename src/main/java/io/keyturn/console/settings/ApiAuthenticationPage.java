package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.LeakResponse;
import io.keyturn.apikey.Refreshes;
import io.keyturn.console.ClientCountText;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.SecretHandover;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.Count;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/**
 * {@code /settings/api-authentication}: copy, refresh and revoke API keys. A secret travels in the
 * answer to a POST only; it is kept neither in the view nor in the session.
 */
@Named
@ViewScoped(saveInViewState = true)
public class ApiAuthenticationPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final Map<String, String> FIELDS =
      Map.of("reason", "leaked:reason", "typed", "leaked:typed");

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Inject private transient ApiKeys keys;
  @Inject private transient Refreshes refreshes;
  @Inject private transient LeakResponse leaks;
  @Inject private transient Clients clients;
  @Inject private transient CurrentUser current;

  private transient @Nullable String password;
  private final Listing<ApiKeyRow> list = new Listing<>("/settings/api-authentication");
  private boolean keepOld;
  private String grace = "PT1H";
  private String reason = "";
  private String typed = "";
  private String chosenClients = "";
  private @Nullable Chosen chosen;

  /** What a person wants to do with the secret of a key. */
  private enum Wish {
    COPY,
    SHOW
  }

  /** The row that a dialog is about, as it was when the dialog opened. */
  private record Chosen(ApiKeyId id, String name, int number, @Nullable Wish wish)
      implements Serializable {}

  /**
   * The keys that the page shows and that are not revoked; none for a person who may not see keys.
   */
  public List<ApiKeyRow> getKeys() {
    current.require(Scope.API_KEYS_READ);
    OrganisationId organisation = current.organisation().id();
    return list.rows((search, first, most) -> keys.slice(organisation, search, first, most));
  }

  /** The part of the list that the page shows. */
  public Listing<ApiKeyRow> getList() {
    return list;
  }

  /** How many keys are not revoked. */
  public long getCount() {
    return keys.count(current.organisation().id());
  }

  public boolean isManage() {
    return current.may(Scope.API_KEYS_MANAGE);
  }

  public boolean isReveal() {
    return current.may(Scope.API_KEYS_REVEAL) && !current.organisation().strict();
  }

  public boolean isRenewal() {
    return current.may(Scope.API_KEYS_RENEWAL);
  }

  /** The button <b>Copy</b>. */
  public void copy() {
    attempt(() -> reveal(pressed(Wish.COPY)));
  }

  /** The button <b>Show</b>. */
  public void show() {
    attempt(() -> reveal(pressed(Wish.SHOW)));
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

  private void reveal(Chosen row) {
    current.require(Scope.API_KEYS_REVEAL);
    if (!current.recentlyConfirmed()) {
      chosen = row;
      PrimeFaces.current().ajax().addCallbackParam("confirm", true);
      return;
    }
    IssuedSecret issued =
        keys.reveal(
            current.organisation().id(),
            row.id(),
            Grantor.person(current.get().role().scopes()),
            current.actor());
    SecretHandover.over(row.wish() == Wish.COPY ? "copy" : "show", issued);
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
                    why -> Messages.atField(faces(), "confirm:password", why), () -> reveal(row)));
  }

  /** Opens one of the dialogs for a row. */
  public void choose() {
    chosen = null;
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

  /** Opens the dialog about all keys. */
  public void chooseAll() {
    reason = "";
    typed = "";
  }

  /** The button <b>Stop all now</b>, for a person who typed the number of keys to confirm. */
  public void stopAllLeaked() {
    attempt(
        () -> {
          current.require(Scope.API_KEYS_MANAGE);
          long count = getCount();
          if (!typed.strip().equals(Long.toString(count))) {
            throw ProblemException.invalid("typed", "Type " + count + ", the number of keys.");
          }
          int stopped = leaks.stopAll(current.organisation().id(), reason, current.actor());
          Messages.success(faces(), "The secrets of %s were stopped.", Count.of(stopped, "key"));
        });
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (ProblemException e) {
      if (e.type() == ProblemType.INVALID && FIELDS.containsKey(e.errors().get(0).field())) {
        FieldError error = e.errors().get(0);
        Messages.atField(faces(), FIELDS.getOrDefault(error.field(), ""), error.message());
      } else {
        Messages.failure(faces(), e.detail());
        PrimeFaces.current().ajax().update("keys:table");
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
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

  /** The number of keys that a person types to confirm. */
  public String getTyped() {
    return typed;
  }

  public void setTyped(String typed) {
    this.typed = typed;
  }
}
