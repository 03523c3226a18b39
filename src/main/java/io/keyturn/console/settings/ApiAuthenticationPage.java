package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyFilter;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.LeakResponse;
import io.keyturn.apikey.Reason;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import io.keyturn.problem.Count;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** {@code /settings/api-authentication}: the organisation's keys, and what is done with all. */
@Named
@ViewScoped(saveInViewState = true)
public class ApiAuthenticationPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String PATH = "/settings/api-authentication";
  private static final Map<String, String> FIELDS =
      Map.of("reason", "leaked:reason", "typed", "leaked:typed");
  private static final Duration UNUSED = Duration.ofDays(30);

  private static final Map<String, ApiKeyFilter.Order> SORTS =
      Map.of(
          "name", ApiKeyFilter.Order.NAME,
          "last-used", ApiKeyFilter.Order.LAST_USED,
          "next-refresh", ApiKeyFilter.Order.NEXT_REFRESH);

  private static final List<Listing.Filter> FILTERS =
      List.of(
          new Listing.Filter("environment", "live", "Live"),
          new Listing.Filter("environment", "test", "Test"),
          new Listing.Filter("unused", "30", "Unused for 30 days"),
          new Listing.Filter("creator", "me", "Mine"),
          new Listing.Filter("state", "ended", "Ended"));

  @Inject private transient ApiKeys keys;
  @Inject private transient LeakResponse leaks;
  @Inject private transient CurrentUser current;
  @Inject private transient RevokeSeveral revoking;
  @Inject private transient KeyTrends trends;

  private final KeyList list = new KeyList();
  private boolean leaking;
  private boolean several;
  private String reason = "";
  private String typed = "";

  /** The list of keys. */
  private static final class KeyList extends Listing<ApiKeyRow> {
    private static final long serialVersionUID = 1L;

    KeyList() {
      super(PATH);
    }

    @Override
    protected Set<String> sorts() {
      return SORTS.keySet();
    }

    @Override
    public List<Filter> getFilters() {
      return FILTERS;
    }
  }

  /** The keys that the page shows; none for a person who may not see keys. */
  public List<ApiKeyRow> getKeys() {
    current.require(Scope.API_KEYS_READ);
    return list.rows(this::read);
  }

  private Slice<ApiKeyRow> read(Search search, int first, int most) {
    OrganisationId organisation = current.organisation().id();
    boolean ended = list.on("state", "ended");
    ApiKeyFilter.Order sort = SORTS.get(list.order());
    if (ended && sort == ApiKeyFilter.Order.NEXT_REFRESH) {
      // The column of the next refresh shows when the keys ended.
      sort = ApiKeyFilter.Order.ENDED;
    }
    ApiKeyFilter filter =
        new ApiKeyFilter(
            search,
            list.on("environment", "live")
                ? "live"
                : list.on("environment", "test") ? "test" : null,
            list.on("unused", "30") ? UNUSED : null,
            list.on("creator", "me") ? current.get().id().value() : null,
            ended,
            sort == null ? ApiKeyFilter.Order.CREATED : sort,
            sort == null || list.descending());
    Slice<ApiKeyRow> slice = keys.slice(organisation, filter, first, most);
    trends.expect(slice.rows());
    return slice;
  }

  public @Nullable String getState() {
    return list.getChosen().get("state");
  }

  /** Whether to list keys that ended. Addresses of earlier versions name revoked keys. */
  public void setState(@Nullable String state) {
    list.getChosen().put("state", "revoked".equals(state) ? "ended" : state);
  }

  /** The part of the list that the page shows. */
  public Listing<ApiKeyRow> getList() {
    return list;
  }

  /** How many keys are not revoked. */
  public long getCount() {
    return keys.count(current.organisation().id());
  }

  /** Opens the dialog about several keys. */
  public void chooseSeveral() {
    several = true;
    revoking.open();
  }

  /** Whether the dialog about several keys was opened. */
  public boolean isSeveral() {
    return several;
  }

  /** Opens the dialog about all keys. */
  public void chooseAll() {
    leaking = true;
    reason = "";
    typed = "";
  }

  /** The button <b>Stop all now</b>, for a person who typed the number of keys to confirm. */
  public void stopAllLeaked() {
    attempt(
        () -> {
          current.require(Scope.API_KEYS_MANAGE);
          FieldErrors errors = new FieldErrors();
          String why = errors.or("", () -> Reason.required(reason));
          errors.check(this::refuseAnotherNumber);
          errors.refuse();
          int stopped = leaks.stopAll(current.organisation().id(), why, current.actor());
          Messages.success(faces(), "The secrets of %s were stopped.", Count.of(stopped, "key"));
        });
  }

  private void refuseAnotherNumber() {
    long count = getCount();
    if (!typed.strip().equals(Long.toString(count))) {
      throw ProblemException.invalid("typed", "Type " + count + ", the number of keys.");
    }
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (ProblemException e) {
      for (FieldError error : e.errors()) {
        Messages.atField(faces(), FIELDS.getOrDefault(error.field(), "none"), error.message());
      }
      if (e.errors().isEmpty()) {
        Messages.failure(faces(), e.detail());
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  /** Whether the dialog about all keys was opened. */
  public boolean isLeaking() {
    return leaking;
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
