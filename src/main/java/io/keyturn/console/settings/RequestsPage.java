package io.keyturn.console.settings;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.console.FieldFaults;
import io.keyturn.http.Ids;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Search;
import io.keyturn.problem.Count;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.requestlog.RequestFilter;
import io.keyturn.requestlog.RequestLog;
import io.keyturn.requestlog.RequestRecorder;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /settings/requests}: the request log. The filters and the place in the log are in the
 * address, so that a link can be shared.
 */
@Named
@RequestScoped
public class RequestsPage {
  private static final String PATH = "/settings/requests";

  private static final Map<String, String> LABELS =
      Map.ofEntries(
          Map.entry("from", "From"),
          Map.entry("to", "To"),
          Map.entry("request_id", "Request id"),
          Map.entry("status", "Status"),
          Map.entry("code", "Code"),
          Map.entry("method", "Method"),
          Map.entry("path", "Path"),
          Map.entry("address", "Address"),
          Map.entry("agent", "User agent"),
          Map.entry("longest", "Milliseconds"));

  @Inject private RequestLog log;
  @Inject private RequestRecorder recorder;
  @Inject private ApiKeys keys;
  @Inject private CurrentUser current;
  @Inject private FieldFaults faults;

  private final Map<String, @Nullable String> filter = new LinkedHashMap<>();
  private int named;
  private final RequestListing requests = new RequestListing(PATH, () -> given(filter));

  /** Reads the part of the log that the address names. */
  public void load() {
    current.require(Scope.API_KEYS_READ);
    OrganisationId organisation = current.organisation().id();
    try {
      requests.read(
          log,
          keys,
          organisation,
          RequestFilter.of(filter, LogAddress.zone(given(filter).get("zone"))),
          chosenKeys(organisation));
    } catch (ProblemException e) {
      faults.addFilters(e, LABELS, LogAddress.LABELS);
    }
  }

  private static Map<String, @Nullable String> given(Map<String, @Nullable String> all) {
    Map<String, @Nullable String> given = new LinkedHashMap<>();
    all.forEach((name, text) -> given.put(name, text == null || text.isBlank() ? null : text));
    return given;
  }

  /** The keys whose id was entered, or whose name has the text that was entered. */
  private @Nullable Set<ApiKeyId> chosenKeys(OrganisationId organisation) {
    String text = given(filter).get("key");
    if (text == null) {
      return null;
    }
    try {
      return Set.of(new ApiKeyId(Ids.parse(text.strip().toLowerCase(Locale.ROOT))));
    } catch (IllegalArgumentException e) {
      Set<ApiKeyId> found = keys.named(organisation, Search.of(text));
      named = found.size();
      return found;
    }
  }

  /** The zone of days and times; empty to let the browser choose the reader's zone. */
  public String getZone() {
    Map<String, @Nullable String> given = given(filter);
    return LogAddress.shown(given.get("zone"), given.get("from"), given.get("to"));
  }

  /** How many keys were found by a part of their names, if there may be more; else 0. */
  public int getNamedOnly() {
    return named == ApiKeys.MOST_NAMED ? named : 0;
  }

  /** Says how many requests were left out because they came too fast; nothing if none were. */
  public String getLeftOut() {
    long count = recorder.leftOut(current.organisation().id());
    return count == 0
        ? ""
        : Count.of(count, "request")
            + " came faster than the log is written, and are not in it. They were counted since"
            + " the server started.";
  }

  /** Whether anything is filtered. */
  public boolean isNarrowed() {
    return given(filter).entrySet().stream()
        .anyMatch(e -> e.getValue() != null && !e.getKey().equals("zone"));
  }

  /** What is filtered, by the names in the address. */
  public Map<String, @Nullable String> getFilter() {
    return filter;
  }

  /** The requests that the page shows. */
  public RequestListing getRequests() {
    return requests;
  }

  /** The methods to choose from. */
  public List<String> getMethods() {
    return List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  }

  /** The codes of problems to choose from. */
  public List<String> getCodes() {
    return Arrays.stream(ProblemType.values()).map(ProblemType::code).sorted().toList();
  }
}
