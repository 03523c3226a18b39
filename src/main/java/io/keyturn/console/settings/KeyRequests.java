package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.console.Messages;
import io.keyturn.problem.ProblemException;
import io.keyturn.requestlog.RequestFilter;
import io.keyturn.requestlog.RequestLog;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tab <b>Requests</b> of a key's page: the requests with the key's secrets. */
@Named
@RequestScoped
public class KeyRequests {
  @Inject private ApiKeyPage page;
  @Inject private RequestLog log;
  @Inject private ApiKeys keys;
  @Inject private CurrentUser current;

  private final RequestListing requests = new RequestListing("/settings/api-key", this::parameters);
  private boolean read;

  private Map<String, @Nullable String> parameters() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("id", page.getId());
    parameters.put("tab", ApiKeyPage.Tab.REQUESTS.code());
    return parameters;
  }

  /** The requests that the page shows. */
  public List<RequestListing.Row> getRows() {
    current.require(Scope.API_KEYS_READ);
    if (!read) {
      read = true;
      try {
        requests.read(
            log, keys, current.organisation().id(), RequestFilter.ALL, Set.of(page.getKey().id()));
      } catch (ProblemException e) {
        Messages.failure(FacesContext.getCurrentInstance(), e.detail());
      }
    }
    return requests.getRows();
  }

  /** The part of the log that the page shows. */
  public RequestListing getRequests() {
    return requests;
  }
}
