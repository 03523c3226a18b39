package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyChange;
import io.keyturn.apikey.ApiKeyChanges;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.RefreshPolicy;
import io.keyturn.apikey.RestrictionChange;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.ReaderZone;
import io.keyturn.console.Reading;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.Units;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/**
 * {@code /settings/api-key?id=…&tab=…}: the home of a key. The choice of the tab stands in the
 * address. What is done with the key, and what each tab shows, are beans of their own: {@link
 * KeyActs}, {@link KeyUse}, {@link KeyRequests}, {@link KeyRenewal}, {@link KeyCredentials}, {@link
 * KeyHistory}.
 */
@Named
@ViewScoped(saveInViewState = true)
public class ApiKeyPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String PATH = "/settings/api-key";
  private static final Map<String, String> FIELDS =
      Map.of("refresh_interval", "policy:interval", "grace_period", "policy:grace");

  @Inject private transient ApiKeys keys;
  @Inject private transient ApiKeyChanges changes;
  @Inject private transient CurrentUser current;
  @Inject private transient ReaderZone zone;
  @Inject private transient Units units;
  @Inject private transient Clock clock;

  private final Reading<ApiKeyRow> key = new Reading<>();
  private String id = "";
  private Tab tab = Tab.OVERVIEW;
  private boolean renaming;
  private String name = "";
  private Span interval = new Span(Duration.ofHours(24));
  private Span grace = new Span(Duration.ofHours(1));
  private ScopeTree scopes = new ScopeTree(Set.of(), Set.of());
  private RestrictionFields restrictions = new RestrictionFields(ZoneOffset.UTC);

  /** A part of the page, and what a person needs to see it. */
  public enum Tab {
    OVERVIEW("overview", "Overview", Scope.API_KEYS_READ),
    REQUESTS("requests", "Requests", Scope.API_KEYS_READ),
    ACCESS("access", "Access", Scope.API_KEYS_READ),
    RENEWAL("renewal", "Renewal", Scope.API_KEYS_RENEWAL),
    CREDENTIALS("credentials", "Credentials", Scope.API_KEYS_READ),
    HISTORY("history", "History", Scope.AUDIT_LOG_READ);

    private final String code;
    private final String label;
    private final Scope needed;

    Tab(String code, String label, Scope needed) {
      this.code = code;
      this.label = label;
      this.needed = needed;
    }

    /** Its name in the address. */
    public String code() {
      return code;
    }

    public String label() {
      return label;
    }

    static Optional<Tab> of(String code) {
      return Arrays.stream(values()).filter(tab -> tab.code.equals(code)).findFirst();
    }
  }

  /**
   * Reads the key that the address names. A key of another organisation is not found. A tab that
   * the person may not see is refused.
   */
  public void open() throws IOException {
    try {
      Ids.inPath("API key", id);
      fill(getKey());
    } catch (ProblemException e) {
      refuse(404);
      return;
    }
    if (!current.may(tab.needed)) {
      refuse(403);
    }
  }

  private void fill(ApiKeyRow row) {
    name = row.name();
    interval = new Span(row.refreshInterval());
    grace = new Span(row.gracePeriod());
    scopes = new ScopeTree(current.get().role().scopes(), row.scopes());
    restrictions = new RestrictionFields(row, getLocations(), zone.get());
  }

  /** The key as it is now. */
  public ApiKeyRow getKey() {
    current.require(Scope.API_KEYS_READ);
    return key.get(() -> keys.get(current.organisation().id(), new ApiKeyId(UUID.fromString(id))));
  }

  /** The names of the locations to which the key is limited. */
  public List<String> getLocations() {
    return units.names(current.organisation().id(), getKey().locations());
  }

  /** Whether the person may change this key. */
  public boolean isManage() {
    return current.may(Scope.API_KEYS_MANAGE) && !getKey().revoked();
  }

  /** From one automatic refresh to the next, as the page shows it. */
  public Span getIntervalNow() {
    return new Span(getKey().refreshInterval());
  }

  /** The grace period, as the page shows it. */
  public Span getGraceNow() {
    return new Span(getKey().gracePeriod());
  }

  /** The button <b>Save Policy</b>. */
  public void savePolicy() {
    FieldErrors errors = new FieldErrors();
    Duration between =
        errors.or(RefreshPolicy.DEFAULT.interval(), () -> interval.duration("refresh_interval"));
    Duration after = errors.or(Duration.ZERO, () -> grace.duration("grace_period"));
    RefreshPolicy policy = errors.all(() -> new RefreshPolicy(between, after));
    change(ApiKeyChange.ofPolicy(policy), "The refresh policy of \"%s\" was saved.");
  }

  /** The button <b>Save Scopes</b>. */
  public void saveScopes() {
    Set<Scope> chosen = scopes.chosen();
    change(ApiKeyChange.ofScopes(chosen), "The scopes of \"%s\" were saved.");
    if (chosen.isEmpty()) {
      Messages.success(faces(), "It has no scopes, so it can call only GET /me.");
    }
  }

  /** The button <b>Save Restrictions</b>. */
  public void saveRestrictions() {
    FieldErrors errors = new FieldErrors();
    Restrictions wanted =
        restrictions.restrictions(errors, names -> units.limit(current.organisation().id(), names));
    Instant end = restrictions.end(errors, clock.instant());
    RestrictionChange change = errors.all(() -> RestrictionChange.to(wanted, end));
    change(ApiKeyChange.ofRestrictions(change), "The restrictions of \"%s\" were saved.");
  }

  /** The button <b>Rename</b>: shows the field for the name. */
  public void startRenaming() {
    renaming = true;
    name = getKey().name();
  }

  /** The button <b>Cancel</b> beside the field for the name. */
  public void stopRenaming() {
    renaming = false;
  }

  private void rename() {
    change(ApiKeyChange.ofName(name), "The key is now called \"%s\".");
    renaming = false;
  }

  private void change(ApiKeyChange change, String success) {
    current.require(Scope.API_KEYS_MANAGE);
    ApiKeyRow now =
        changes.change(
            current.organisation().id(),
            getKey().id(),
            IfMatch.ANY,
            change,
            Grantor.person(current.get().role().scopes()),
            current.actor());
    key.forget();
    fill(now);
    Messages.success(faces(), success, now.name());
  }

  /** Performs an action of this page. A problem becomes a message at its field. */
  public void attempt(String action) {
    try {
      switch (action) {
        case "name" -> rename();
        case "policy" -> savePolicy();
        case "scopes" -> saveScopes();
        case "restrictions" -> saveRestrictions();
        default -> throw new IllegalArgumentException(action);
      }
    } catch (ProblemException e) {
      key.forget();
      Optional<String> wrongName = e.messageAt("name");
      if (wrongName.isPresent()) {
        Messages.atField(faces(), "rename:name", wrongName.get());
        return;
      }
      for (FieldError error : e.errors()) {
        String field = RestrictionFields.IDS.get(error.field());
        Messages.atField(
            faces(),
            field == null ? FIELDS.getOrDefault(error.field(), "none") : "restrictions:" + field,
            error.message());
      }
      if (e.errors().isEmpty()) {
        Messages.failure(faces(), e.detail());
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** The tabs that the person may see. */
  public List<Tab> getTabs() {
    return Arrays.stream(Tab.values()).filter(each -> current.may(each.needed)).toList();
  }

  /** The address of a tab. */
  public String address(String code) {
    return PATH + "?id=" + id + (code.equals(Tab.OVERVIEW.code) ? "" : "&tab=" + code);
  }

  /** The name of the open tab. */
  public String getTab() {
    return tab.code;
  }

  /** Chooses the tab; the first for a name that is none. */
  public void setTab(@Nullable String code) {
    tab = Tab.of(String.valueOf(code)).orElse(Tab.OVERVIEW);
  }

  /** Whether the field for the name is shown. */
  public boolean isRenaming() {
    return renaming && isManage();
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public String getId() {
    return id;
  }

  public void setId(@Nullable String id) {
    this.id = id == null ? "" : id;
  }

  public Span getInterval() {
    return interval;
  }

  public Span getGrace() {
    return grace;
  }

  public ScopeTree getScopes() {
    return scopes;
  }

  public RestrictionFields getRestrictions() {
    return restrictions;
  }
}
