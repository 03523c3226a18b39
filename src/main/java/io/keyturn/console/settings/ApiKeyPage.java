package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyChange;
import io.keyturn.apikey.ApiKeyChanges;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Grantor;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.Refreshes;
import io.keyturn.apikey.RestrictionChange;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.SecretHandover;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.Units;
import io.keyturn.usage.ClientSighting;
import io.keyturn.usage.Clients;
import io.keyturn.usage.UsageHours;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** {@code /settings/api-key}: a key, its policy, its scopes, and the clients that use it. */
@Named
@ViewScoped(saveInViewState = true)
public class ApiKeyPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final Map<String, String> FIELDS =
      Map.of(
          "refresh_interval", "policy:interval",
          "grace_period", "policy:grace",
          "reason", "leaked:reason");

  @Inject private transient ApiKeys keys;
  @Inject private transient ApiKeyChanges changes;
  @Inject private transient Refreshes refreshes;
  @Inject private transient Clients clients;
  @Inject private transient UsageHours hours;
  @Inject private transient CurrentUser current;
  @Inject private transient Units units;
  private transient @Nullable ApiKeyRow key;
  private transient @Nullable UsageChart chart;

  private String id = "";
  private Span interval = new Span(Duration.ofHours(24));
  private Span grace = new Span(Duration.ofHours(1));
  private ScopeTree scopes = new ScopeTree(Set.of(), Set.of());
  private RestrictionFields restrictions = new RestrictionFields();
  private int days = 1;
  private String client = "";
  private String reason = "";

  /** Reads the key that the address names. A key of another organisation is not found. */
  public void open() throws IOException {
    try {
      Ids.inPath("API key", id);
      fill(getKey());
    } catch (ProblemException e) {
      faces().getExternalContext().responseSendError(404, "");
      faces().responseComplete();
    }
  }

  private void fill(ApiKeyRow row) {
    interval = new Span(row.refreshInterval());
    grace = new Span(row.gracePeriod());
    scopes = new ScopeTree(current.get().role().scopes(), row.scopes());
    restrictions = new RestrictionFields(row, getLocations());
  }

  /** The key as it is now. */
  public ApiKeyRow getKey() {
    current.require(Scope.API_KEYS_READ);
    if (key == null) {
      key = keys.get(current.organisation().id(), new ApiKeyId(UUID.fromString(id)));
    }
    return key;
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
    change(
        ApiKeyChange.ofPolicy(
            interval.duration("refresh_interval"), grace.duration("grace_period")),
        "The refresh policy of \"%s\" was saved.");
  }

  /** The button <b>Save Scopes</b>. */
  public void saveScopes() {
    change(ApiKeyChange.ofScopes(scopes.chosen()), "The scopes of \"%s\" were saved.");
  }

  /** The button <b>Save Restrictions</b>. */
  public void saveRestrictions() {
    change(
        ApiKeyChange.ofRestrictions(
            RestrictionChange.to(
                restrictions.restrictions(names -> units.limit(current.organisation().id(), names)),
                restrictions.end())),
        "The restrictions of \"%s\" were saved.");
  }

  private void change(ApiKeyChange change, String success) {
    current.require(Scope.API_KEYS_MANAGE);
    key =
        changes.change(
            current.organisation().id(),
            getKey().id(),
            IfMatch.ANY,
            change,
            Grantor.person(current.get().role().scopes()),
            current.actor());
    fill(key);
    Messages.success(faces(), success, key.name());
  }

  /** The button <b>Stop now</b> of the dialog. */
  public void stopLeaked() {
    current.require(Scope.API_KEYS_MANAGE);
    // A person who may do less than the key may still stop a leaked secret. They do not get the new
    // secret.
    IssuedSecret issued =
        refreshes.leaked(
            current.organisation().id(), getKey().id(), reason, Grantor.anybody(), current.actor());
    reason = "";
    key = null;
    Messages.success(
        faces(), "All secrets of \"%s\" were stopped. It has a new secret.", getKey().name());
    SecretHandover.once(current, issued, getKey().scopes());
  }

  /** Performs an action of this page. A problem becomes a message at its field. */
  public void attempt(String action) {
    try {
      switch (action) {
        case "policy" -> savePolicy();
        case "scopes" -> saveScopes();
        case "restrictions" -> saveRestrictions();
        case "leaked" -> stopLeaked();
        default -> throw new IllegalArgumentException(action);
      }
    } catch (ProblemException e) {
      key = null;
      for (FieldError error : e.errors()) {
        String id = RestrictionFields.IDS.get(error.field());
        String field =
            id == null ? FIELDS.getOrDefault(error.field(), "none") : "restrictions:" + id;
        Messages.atField(faces(), field, error.message());
      }
      if (e.errors().isEmpty()) {
        Messages.failure(faces(), e.detail());
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** The clients that still use the retired secret in its grace period. */
  public List<ClientSighting> getStillRetired() {
    ApiKeyRow row = getKey();
    return row.retiredAt() == null
        ? List.of()
        : found(
            clients.ofRetired(
                current.organisation().id(), row.id(), row.number() - 1, row.retiredAt()));
  }

  /** The clients that used the current secret in the last day. */
  public List<ClientSighting> getOfCurrent() {
    return found(clients.ofCurrent(current.organisation().id(), getKey().id(), getKey().number()));
  }

  /**
   * The clients that sent a secret that had ended, or that sent from a network that is not allowed.
   */
  public List<ClientSighting> getRefused() {
    return found(clients.refused(current.organisation().id(), getKey().id()));
  }

  /** The clients that match the search by address or user agent. */
  private List<ClientSighting> found(List<ClientSighting> all) {
    String text = client.strip().toLowerCase(Locale.ROOT);
    return all.stream()
        .filter(
            seen ->
                text.isEmpty()
                    || seen.address().toLowerCase(Locale.ROOT).contains(text)
                    || seen.userAgent().toLowerCase(Locale.ROOT).contains(text))
        .toList();
  }

  /** As many clients as the page shows at once. */
  public List<ClientSighting> first(List<ClientSighting> all) {
    return all.subList(0, Math.min(Listing.ROWS, all.size()));
  }

  /** The search for clients. */
  public String getClient() {
    return client;
  }

  public void setClient(@Nullable String client) {
    this.client = client == null ? "" : client;
  }

  /** Whether the secret that a client sent has ended, so that it is neither current nor retired. */
  public boolean ended(ClientSighting seen) {
    ApiKeyRow row = getKey();
    int oldest = row.retiredUntil() == null ? row.number() : row.number() - 1;
    return row.revoked() || seen.number() < oldest;
  }

  public String getId() {
    return id;
  }

  public void setId(String id) {
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

  /** The use of the key in the last days, as a chart. */
  public UsageChart getChart() {
    UsageChart drawn = chart;
    if (drawn == null) {
      UsageHours.Window window = hours.ofDays(days);
      drawn = new UsageChart(window, hours.of(current.organisation().id(), getKey().id(), window));
      chart = drawn;
    }
    return drawn;
  }

  /** The number of days that the chart shows: 1, 7 or 30. */
  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days == 7 || days == 30 ? days : 1;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
