package io.keyturn.console.settings;

import io.keyturn.access.Grants;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.apikey.RefreshPolicy;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.SecretHandover;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.EnumSet;
import java.util.Set;
import org.omnifaces.cdi.ViewScoped;

/** The form <b>Generate API Key</b> with its options. */
@Named
@ViewScoped(saveInViewState = true)
public class CreateKey extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String FORM = "create:";

  @Inject private transient ApiKeys keys;
  @Inject private transient CurrentUser current;

  private String name = "";
  private String environment = "live";
  private ScopeTree scopes = new ScopeTree(Set.of(), Set.of());
  private RestrictionFields restrictions = new RestrictionFields();

  /** The default properties of a key, with the default scopes that the person has. */
  @PostConstruct
  void begin() {
    Set<Scope> own = current.get().role().scopes();
    Set<Scope> chosen = EnumSet.of(Scope.SUPPLIERS_READ);
    chosen.retainAll(own);
    name = "";
    environment = "live";
    scopes = new ScopeTree(own, chosen);
    restrictions = new RestrictionFields();
  }

  /** The button <b>Generate API Key</b>. */
  public void generate() {
    try {
      current.require(Scope.API_KEYS_MANAGE);
      Set<Scope> chosen = scopes.chosen();
      Grants.within(current.get().role().scopes(), chosen);
      IssuedSecret issued =
          keys.create(
              current.organisation().id(),
              new NewApiKey(
                  name,
                  environment,
                  chosen,
                  RefreshPolicy.DEFAULT,
                  restrictions.restrictions(),
                  restrictions.end()),
              current.actor());
      Messages.success(faces(), "The API key \"%s\" was generated.", name.strip());
      begin();
      SecretHandover.once(current, issued, chosen);
    } catch (ProblemException e) {
      tell(e);
    }
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

  public ScopeTree getScopes() {
    return scopes;
  }

  public RestrictionFields getRestrictions() {
    return restrictions;
  }
}
