package io.keyturn.console;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.KeyOverview;
import io.keyturn.apikey.KeyOverview.Counts;
import io.keyturn.apikey.KeyOverview.RetiredInUse;
import io.keyturn.audit.AuditFilter;
import io.keyturn.audit.AuditLog;
import io.keyturn.console.settings.AuditListing;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemType;
import io.keyturn.refresh.RefreshProgress;
import io.keyturn.renewal.Renewals;
import io.keyturn.requestlog.RequestLog;
import io.keyturn.requestlog.RequestLog.Refused;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /}: how the organisation's keys are. Each part is for people who may open the list behind
 * it.
 */
@Named
@RequestScoped
public class OverviewPage {
  private static final Duration UNUSED = Duration.ofDays(30);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_REFUSALS = 6;
  private static final int MOST_EVENTS = 6;

  /** From this number of keys on, nobody needs to be told how to begin. */
  private static final int EXPERIENCED = 10;

  @Inject private KeyOverview overview;
  @Inject private ApiKeys keys;
  @Inject private Renewals renewals;
  @Inject private RequestLog requests;
  @Inject private RefreshProgress progress;
  @Inject private AuditLog audit;
  @Inject private CurrentUser current;
  @Inject private ReaderZone zone;
  @Inject private Clock clock;

  private Counts counts = new Counts(0, 0, 0);
  private boolean renewing;
  private RefreshStrip strip = RefreshStrip.EMPTY;
  private List<RetiredInUse> retired = List.of();
  private List<RefusedRow> refused = List.of();
  private long rateLimited;
  private String rateLimitedList = "";
  private List<AuditListing.Row> events = List.of();

  /**
   * Requests that were refused.
   *
   * @param who the key's name, or the address where no key is known
   * @param address of the filtered list
   */
  public record RefusedRow(String who, Refused what, String address) {}

  /** Reads what the person may see. Whoever may see nothing of it comes to another page. */
  public void open() throws IOException {
    if (!Navigation.overview(current)) {
      FacesContext.getCurrentInstance().getExternalContext().redirect(Navigation.home(current));
      return;
    }
    OrganisationId organisation = current.organisation().id();
    if (isKeys()) {
      Instant now = clock.instant();
      counts = overview.counts(organisation, UNUSED);
      renewing = renewals.any(organisation);
      strip = RefreshStrip.of(overview.due(organisation, now.plus(DAY)), now);
      retired = overview.retiredInUse(organisation);
      // As precise as the filter of the list.
      Instant yesterday = now.minus(DAY).truncatedTo(ChronoUnit.MINUTES);
      rateLimited = requests.count(organisation, ProblemType.RATE_LIMITED, yesterday);
      rateLimitedList = list(Map.of("code", ProblemType.RATE_LIMITED.code()), yesterday);
      readRefused(organisation, yesterday);
    }
    if (isAudit()) {
      events =
          audit
              .find(
                  organisation,
                  new AuditFilter(null, null, null, null, null, null),
                  new Paging(MOST_EVENTS, null, false))
              .data()
              .stream()
              .map(AuditListing.Row::new)
              .toList();
    }
  }

  /** The address of a list of requests since a time. */
  private String list(Map<String, ? extends @Nullable String> filter, Instant since) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(filter);
    all.put("from", LocalDateTime.ofInstant(since, zone.get()).toString());
    all.put("zone", zone.getName());
    return Listing.address("/settings/requests", all);
  }

  private void readRefused(OrganisationId organisation, Instant since) {
    List<Refused> first = requests.refused(organisation, since, MOST_REFUSALS);
    Map<ApiKeyId, String> names =
        keys.names(
            organisation,
            first.stream().map(Refused::key).filter(Objects::nonNull).collect(Collectors.toSet()));
    refused = first.stream().map(one -> row(one, names, since)).toList();
  }

  private RefusedRow row(Refused what, Map<ApiKeyId, String> names, Instant since) {
    ApiKeyId key = what.key();
    Map<String, @Nullable String> filter = new LinkedHashMap<>();
    filter.put("code", what.code());
    filter.put("key", key == null ? null : key.toString());
    filter.put("address", what.address());
    return new RefusedRow(
        key == null
            ? what.address()
            : names.getOrDefault(key, key.toString()) + ", from " + what.address(),
        what,
        list(filter, since));
  }

  public boolean isKeys() {
    return current.may(Scope.API_KEYS_READ);
  }

  public boolean isAudit() {
    return current.may(Scope.AUDIT_LOG_READ);
  }

  /** Whether to tell how to begin. */
  public boolean isBeginning() {
    return isKeys()
        && counts.active() <= EXPERIENCED
        && !(counts.active() > 0 && counts.used() > 0 && renewing);
  }

  public Counts getCounts() {
    return counts;
  }

  /** Whether any key renews by itself. */
  public boolean isRenewing() {
    return renewing;
  }

  /** The automatic refreshes of the next 24 hours. */
  public RefreshStrip getStrip() {
    return strip;
  }

  /** Keys whose retired secret is still used. */
  public List<RetiredInUse> getRetired() {
    return retired;
  }

  /** How many of them are shown; 0 where these are all. */
  public int getRetiredShown() {
    return retired.size() == KeyOverview.MOST_RETIRED ? retired.size() : 0;
  }

  /** Who was refused most often in the last day. */
  public List<RefusedRow> getRefused() {
    return refused;
  }

  /** How many requests of the last day came too fast. */
  public long getRateLimited() {
    return rateLimited;
  }

  /** The address of the list of these requests. */
  public String getRateLimitedList() {
    return rateLimitedList;
  }

  /** The latest audit events. */
  public List<AuditListing.Row> getEvents() {
    return events;
  }

  /** Whether the last wake-up of this node's automatic refresh failed. */
  public boolean isFailing() {
    return progress.failing();
  }

  /** When this node last refreshed a key; null if it has not since its start. */
  public @Nullable Instant getLastBatchAt() {
    return progress.lastBatchAt().orElse(null);
  }
}
