package io.keyturn.console.settings;

import io.keyturn.access.Grants;
import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.apikey.RefreshPolicy;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.ReaderZone;
import io.keyturn.console.SecretHandover;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.Units;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;
import org.primefaces.PrimeFaces;

/** The form <b>Generate API Key</b> with its options. */
@Named
@ViewScoped(saveInViewState = true)
public class CreateKey extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "create:";

  @Inject private transient ApiKeys keys;
  @Inject private transient CurrentUser current;
  @Inject private transient KeyReady ready;
  @Inject private transient ReaderZone zone;
  @Inject private transient Units units;
  @Inject private transient Clock clock;

  private String name = "";
  private String environment = "live";
  private @Nullable Options options;

  /** The options that most keys do not need. The page has them only after they were opened. */
  private record Options(ScopeTree scopes, RestrictionFields restrictions)
      implements Serializable {}

  /** Opens the options. */
  public void open() {
    if (options == null) {
      options =
          new Options(
              new ScopeTree(current.get().role().scopes(), ordinary()),
              new RestrictionFields(zone.get()));
    }
  }

  /** Whether the options were opened. */
  public boolean isMore() {
    return options != null;
  }

  /** The scopes of a key for which nobody chose any, as far as the person has them. */
  private Set<Scope> ordinary() {
    Set<Scope> scopes = EnumSet.of(Scope.SUPPLIERS_READ);
    scopes.retainAll(current.get().role().scopes());
    return scopes;
  }

  /** The button <b>Generate API Key</b>. */
  public void generate() {
    try {
      current.require(Scope.API_KEYS_MANAGE);
      Set<Scope> chosen = options == null ? ordinary() : options.scopes().chosen();
      Grants.within(current.get().role().scopes(), chosen);
      IssuedSecret issued =
          keys.create(current.organisation().id(), wanted(chosen), current.actor());
      Messages.success(faces(), "The API key \"%s\" was generated.", name.strip());
      if (chosen.isEmpty()) {
        Messages.success(
            faces(),
            "It has no scopes, so it can call only GET /me. To give it scopes, press its name.");
      }
      ready.open(issued.keyId());
      PrimeFaces.current().ajax().addCallbackParam("ready", true);
      name = "";
      environment = "live";
      options = null;
      SecretHandover.once(current, issued, chosen);
    } catch (ProblemException e) {
      tell(e);
    }
  }

  private NewApiKey wanted(Set<Scope> chosen) {
    FieldErrors errors = new FieldErrors();
    RestrictionFields fields = getRestrictions();
    Restrictions restrictions =
        fields == null ? Restrictions.NONE : fields.restrictions(errors, this::limit);
    Instant end = fields == null ? null : fields.end(errors, clock.instant());
    return errors.all(
        () -> {
          NewApiKey key =
              new NewApiKey(name, environment, chosen, RefreshPolicy.DEFAULT, restrictions, end);
          keys.refuseTakenName(current.organisation().id(), key.name());
          return key;
        });
  }

  private LocationLimit limit(List<String> names) {
    return units.limit(current.organisation().id(), names);
  }

  private static void tell(ProblemException e) {
    if (e.errors().isEmpty()) {
      e.messageAt("name")
          .ifPresentOrElse(
              taken -> Messages.atField(faces(), FORM + "name", taken),
              () -> Messages.failure(faces(), e.detail()));
    }
    for (FieldError error : e.errors()) {
      String id = RestrictionFields.IDS.getOrDefault(error.field(), error.field());
      Messages.atField(faces(), FORM + id, error.message());
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  /** {@code live} or {@code test}. */
  public String getEnvironment() {
    return environment;
  }

  public void setEnvironment(String environment) {
    this.environment = environment;
  }

  /** The scopes to choose from; nothing before the options were opened. */
  public @Nullable ScopeTree getScopes() {
    return options == null ? null : options.scopes();
  }

  /** The restrictions to enter; nothing before the options were opened. */
  public @Nullable RestrictionFields getRestrictions() {
    return options == null ? null : options.restrictions();
  }
}
