package io.keyturn.console;

import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyChange;
import io.keyturn.apikey.ApiKeyChanges;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.Asker;
import io.keyturn.apikey.Callers;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.apikey.Refreshes;
import io.keyturn.apikey.RestrictionChange;
import io.keyturn.apikey.SeenCaller;
import io.keyturn.apikey.UsageHours;
import io.keyturn.platform.Ids;
import io.keyturn.platform.IfMatch;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /settings/api-key}: one key, its policy, its scopes, and who would break without it. */
@Named
@ViewScoped
public class ApiKeyPage implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Map<String, String> FIELDS =
      Map.of(
          "refresh_interval", "policy:interval",
          "grace_period", "policy:grace",
          "reason", "leaked:reason");

  @Inject private transient ApiKeys keys;
  @Inject private transient ApiKeyChanges changes;
  @Inject private transient Refreshes refreshes;
  @Inject private transient Callers callers;
  @Inject private transient UsageHours hours;
  @Inject private transient CurrentUser current;
  private transient @Nullable ApiKeyRow key;
  private transient @Nullable UsageChart chart;

  private String id = "";
  private Span interval = new Span(Duration.ofHours(24));
  private Span grace = new Span(Duration.ofHours(1));
  private ScopeTree scopes = new ScopeTree(Set.of(), Set.of());
  private RestrictionFields restrictions = new RestrictionFields();
  private int days = 1;
  private String reason = "";

  /** Reads the key of the address; one that the organisation has not is not found. */
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
    restrictions = new RestrictionFields(row);
  }

  /** The key as it is now. */
  public ApiKeyRow getKey() {
    current.require(Scope.API_KEYS_READ);
    if (key == null) {
      key = keys.get(current.organisation().id(), UUID.fromString(id));
    }
    return key;
  }

  /** Whether the person may change this key. */
  public boolean isManage() {
    return current.may(Scope.API_KEYS_MANAGE) && getKey().living();
  }

  /** From one automatic refresh to the next, to be read. */
  public Span getIntervalNow() {
    return new Span(getKey().refreshInterval());
  }

  /** How long the secret before works on, to be read. */
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
            RestrictionChange.to(restrictions.restrictions(), restrictions.end())),
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
            Asker.person(current.get().role().scopes()),
            current.actor());
    fill(key);
    Messages.success(faces(), success, key.name());
  }

  /** The button <b>Stop now</b> of the dialog. */
  public void stopLeaked() {
    current.require(Scope.API_KEYS_MANAGE);
    // Who has less than the key may stop what leaked all the same; they get no secret of it.
    IssuedSecret issued =
        refreshes.leaked(
            current.organisation().id(), getKey().id(), reason, Asker.anybody(), current.actor());
    reason = "";
    key = null;
    Messages.success(
        faces(), "All secrets of \"%s\" were stopped. It has a new one.", getKey().name());
    Handing.once(current, issued, getKey().scopes());
  }

  /** Does one of the above; a problem is said at its field. */
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

  /** Who still uses the retired secret in its grace period. */
  public List<SeenCaller> getStillRetired() {
    ApiKeyRow row = getKey();
    return row.retiredAt() == null
        ? List.of()
        : callers.ofRetired(
            current.organisation().id(), row.id(), row.number() - 1, row.retiredAt());
  }

  /** Who used the current secret in the last day. */
  public List<SeenCaller> getOfCurrent() {
    return callers.ofCurrent(current.organisation().id(), getKey().id(), getKey().number());
  }

  /** Who came with a secret that had ended, or from a network that is not allowed. */
  public List<SeenCaller> getRefused() {
    return callers.refused(current.organisation().id(), getKey().id());
  }

  /** Whether the secret that a caller sent has ended: it is not the current or the retired one. */
  public boolean ended(SeenCaller caller) {
    ApiKeyRow row = getKey();
    int oldest = row.retiredUntil() == null ? row.number() : row.number() - 1;
    return !row.living() || caller.number() < oldest;
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

  /** How the key was used in the last days. */
  public UsageChart getChart() {
    UsageChart drawn = chart;
    if (drawn == null) {
      UsageHours.Window window = hours.ofDays(days);
      drawn = new UsageChart(window, hours.of(current.organisation().id(), getKey().id(), window));
      chart = drawn;
    }
    return drawn;
  }

  /** Of how many days the use is shown: 1, 7 or 30. */
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
