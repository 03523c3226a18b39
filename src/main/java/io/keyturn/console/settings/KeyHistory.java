package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.audit.AuditFilter;
import io.keyturn.audit.AuditLog;
import io.keyturn.console.Messages;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tab <b>History</b> of a key's page: the audit events about the key. */
@Named
@RequestScoped
public class KeyHistory {
  @Inject private ApiKeyPage page;
  @Inject private AuditLog log;
  @Inject private CurrentUser current;

  private final AuditListing events =
      new AuditListing("/settings/api-key", () -> current.organisation().id(), this::parameters);
  private boolean read;

  private Map<String, @Nullable String> parameters() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("id", page.getId());
    parameters.put("tab", ApiKeyPage.Tab.HISTORY.code());
    return parameters;
  }

  /** The events that the page shows. */
  public List<AuditListing.Row> getRows() {
    current.require(Scope.AUDIT_LOG_READ);
    if (!read) {
      read = true;
      try {
        AuditFilter filter =
            new AuditFilter(null, null, page.getKey().id().toString(), null, null, null);
        events.read(log, current.organisation().id(), filter);
      } catch (ProblemException e) {
        Messages.failure(FacesContext.getCurrentInstance(), e.detail());
      }
    }
    return events.getRows();
  }

  /** The part of the audit log that the page shows. */
  public AuditListing getEvents() {
    return events;
  }
}
