package io.keyturn.console;

import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.apikey.RefreshPolicy;
import io.keyturn.organisation.Organisation;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/**
 * The button <b>Use a 15-minute test key</b> of the API documentation: a key that reads what its
 * person may read, and ends soon. Its secret goes to the page, which enters it under
 * <b>Authorize</b>.
 */
@Named
@ViewScoped(saveInViewState = true)
public class TestKey extends PageState {
  private static final long serialVersionUID = 1L;
  private static final Duration LIFE = Duration.ofMinutes(15);

  @Inject private transient ApiKeys keys;
  @Inject private transient CurrentUser current;
  @Inject private transient Clock clock;

  private transient @Nullable String password;
  private boolean asking;

  /** Whether the person of this request may create keys and see their secrets. */
  public boolean isOffered() {
    return current.may(Scope.API_KEYS_MANAGE) && current.may(Scope.API_KEYS_REVEAL);
  }

  /** Creates the key, or asks for the person's password first. */
  public void use() {
    if (current.find().isPresent() && !current.recentlyConfirmed()) {
      asking = true;
      return;
    }
    try {
      current.require(Scope.API_KEYS_MANAGE);
      current.require(Scope.API_KEYS_REVEAL);
      SecretHandover.over("authorize", create());
      asking = false;
    } catch (ProblemException e) {
      Messages.failure(FacesContext.getCurrentInstance(), e.detail());
    }
  }

  private IssuedSecret create() {
    Organisation organisation = current.organisation();
    Instant now = clock.instant();
    IssuedSecret issued =
        keys.create(
            organisation.id(),
            new NewApiKey(
                "API Documentation, " + now.truncatedTo(ChronoUnit.SECONDS),
                "test",
                reading(),
                RefreshPolicy.DEFAULT,
                Restrictions.NONE,
                now.plus(LIFE)),
            current.actor());
    return organisation.strict()
        ? issued
        : keys.reveal(
            organisation.id(),
            issued.keyId(),
            Grantor.person(current.get().role().scopes()),
            current.actor());
  }

  private Set<Scope> reading() {
    return current.get().role().scopes().stream()
        .filter(scope -> scope.reads() && scope.opensToKeys())
        .collect(Collectors.toSet());
  }

  /** The button <b>Confirm</b> beside the password. */
  public void confirm() {
    current
        .confirm(Objects.requireNonNullElse(password, ""))
        .ifPresentOrElse(
            why -> Messages.atField(FacesContext.getCurrentInstance(), "domain-form:password", why),
            this::use);
  }

  /** Whether the person is asked for their password. */
  public boolean isAsking() {
    return asking;
  }

  public String getPassword() {
    return "";
  }

  public void setPassword(String password) {
    this.password = password;
  }
}
