package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeyStatus;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.organisation.HostNames;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.renewal.Renewals;
import io.keyturn.usage.ClientSighting;
import io.keyturn.usage.Clients;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/**
 * The panel <b>Your key is ready</b>: what a person does next with a key, up to the first request
 * of their program.
 */
@Named
@ViewScoped(saveInViewState = true)
public class KeyReady extends PageState {
  private static final long serialVersionUID = 1L;

  @Inject private transient ApiKeys keys;
  @Inject private transient Renewals renewals;
  @Inject private transient Clients clients;
  @Inject private transient CurrentUser current;
  @Inject private transient HostNames hosts;
  @Inject private transient HttpServletRequest request;

  private @Nullable ApiKeyId id;
  private transient @Nullable ApiKeyRow key;
  private transient @Nullable String used;

  /** Opens the panel for a key. */
  public void open(ApiKeyId keyId) {
    id = keyId;
    key = null;
  }

  /** The button <b>Close</b>. */
  public void close() {
    id = null;
  }

  /** Whether the panel is open, for a key that still works. */
  public boolean isOpen() {
    return id != null && getKey().status() == ApiKeyStatus.ACTIVE;
  }

  /** The key that the panel is about. */
  public ApiKeyRow getKey() {
    current.require(Scope.API_KEYS_READ);
    ApiKeyRow read = key;
    if (read == null) {
      read = keys.get(organisation(), Objects.requireNonNull(id));
      key = read;
    }
    return read;
  }

  private OrganisationId organisation() {
    return current.organisation().id();
  }

  /** Whether the person can switch on renewal for the key. */
  public boolean isRenewable() {
    return current.may(Scope.API_KEYS_RENEWAL)
        && renewals.find(organisation(), getKey().id()).on() == null;
  }

  /**
   * Tells the page whether a program has used the key. Requests of this browser do not count: a
   * test request is no program.
   */
  public void check() {
    if (id != null) {
      user()
          .map(who -> Messages.translate(FacesContext.getCurrentInstance(), who))
          .ifPresent(who -> PrimeFaces.current().ajax().addCallbackParam("used", who));
    }
  }

  /** Which program used the key; nothing before the first request. */
  public String getUsed() {
    String found = used;
    if (found == null) {
      found = user().orElse("");
      used = found;
    }
    return found;
  }

  private Optional<String> user() {
    String browser = String.valueOf(request.getHeader("User-Agent"));
    return clients.ofCurrent(organisation(), getKey().id(), getKey().number()).stream()
        .filter(seen -> !seen.userAgent().equals(browser))
        .findFirst()
        .map(KeyReady::sentence);
  }

  private static String sentence(ClientSighting seen) {
    return seen.userAgent().isEmpty()
        ? "In use by a program at " + seen.address()
        : "In use by " + seen.userAgent();
  }

  /** The programs to begin with. */
  public List<Snippet.Shown> getSnippets() {
    return Snippet.all(hosts.forPrograms(request), String.valueOf(getKey().masked()));
  }
}
