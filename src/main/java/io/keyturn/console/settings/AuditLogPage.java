package io.keyturn.console.settings;

import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditChain;
import io.keyturn.audit.AuditExport;
import io.keyturn.audit.AuditFilter;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.AuditParameters;
import io.keyturn.audit.ChainReport;
import io.keyturn.console.FieldFaults;
import io.keyturn.console.Messages;
import io.keyturn.organisation.Organisation;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.omnifaces.util.Faces;

/**
 * {@code /settings/audit-log}. The filters and the page number are in the address, so that a link
 * can be shared.
 */
@Named
@RequestScoped
public class AuditLogPage {
  private static final Map<String, String> LABELS =
      Map.of(
          "action", "Action",
          "actor", "Done by",
          "subject", "Done to",
          "from", "From",
          "to", "To");

  @Inject private AuditLog log;
  @Inject private AuditChain chain;
  @Inject private AuditExport export;
  @Inject private CurrentUser current;
  @Inject private FacesContext faces;
  @Inject private FieldFaults faults;

  private @Nullable String action;
  private @Nullable String actor;
  private @Nullable String subject;
  private @Nullable String from;
  private @Nullable String to;
  private @Nullable String zone;
  private final AuditListing events =
      new AuditListing("/settings/audit-log", () -> current.organisation().id(), this::inAddress);
  private List<String> actions = List.of();

  /** Reads the part of the audit log that the address names. */
  public void load() {
    current.require(Scope.AUDIT_LOG_READ);
    try {
      Organisation organisation = current.organisation();
      actions = log.actions(organisation.id());
      events.read(log, organisation.id(), filter());
    } catch (ProblemException e) {
      faults.addFilters(e, LABELS, LogAddress.LABELS);
    }
  }

  private AuditFilter filter() {
    ZoneId days = LogAddress.zone(given(zone));
    FieldErrors errors = new FieldErrors();
    String begin = errors.orNull(() -> midnight("from", given(from), 0, days));
    String end = errors.orNull(() -> midnight("to", given(to), 1, days));
    return errors.all(
        () ->
            inOrder(
                new AuditParameters(given(action), given(actor), given(subject), begin, end, null)
                    .filter()));
  }

  private static AuditFilter inOrder(AuditFilter filter) {
    if (filter.from() != null && filter.to() != null && !filter.from().isBefore(filter.to())) {
      throw ProblemException.invalid("from", "must not be after the end");
    }
    return filter;
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static @Nullable String midnight(
      String field, @Nullable String date, int daysLater, ZoneId zone) {
    try {
      return date == null
          ? null
          : LocalDate.parse(date).plusDays(daysLater).atStartOfDay(zone).toInstant().toString();
    } catch (DateTimeException e) {
      throw ProblemException.invalid(field, "must be a date, such as 2026-03-01");
    }
  }

  /** The button <b>Verify</b>. */
  public void verify() {
    current.require(Scope.AUDIT_LOG_READ);
    try {
      ChainReport report = chain.verify(current.organisation().id(), null);
      if (report.broken() == null) {
        Messages.success(
            faces,
            "All %d events are as they were written. The newest is %s.",
            report.events(),
            String.valueOf(report.newest()));
      } else {
        Messages.failure(
            faces, "The audit log is not as it was written. " + report.broken().sentence());
      }
    } catch (ProblemException e) {
      Messages.failure(faces, e.detail());
    }
  }

  /** The button <b>Export as CSV</b>: all events that match the filters, on all pages. */
  public void export() throws IOException {
    current.require(Scope.AUDIT_LOG_EXPORT);
    Organisation organisation = current.organisation();
    Actor exporter = current.actor();
    AuditFilter filter;
    try {
      filter = filter();
    } catch (ProblemException e) {
      load(); // Which says what is wrong.
      return;
    }
    Faces.sendFile(
        "audit-log-" + organisation.domain() + ".csv",
        true,
        out ->
            export.write(
                organisation.id(),
                filter,
                exporter,
                new OutputStreamWriter(out, StandardCharsets.UTF_8)));
  }

  public boolean isExportable() {
    return current.may(Scope.AUDIT_LOG_EXPORT);
  }

  /** The part of the audit log that the page shows. */
  public AuditListing getEvents() {
    return events;
  }

  /** The actions that occur, to choose from. */
  public List<String> getActions() {
    return actions;
  }

  private Map<String, @Nullable String> inAddress() {
    Map<String, @Nullable String> parameters = new LinkedHashMap<>();
    parameters.put("action", given(action));
    parameters.put("actor", given(actor));
    parameters.put("subject", given(subject));
    parameters.put("from", given(from));
    parameters.put("to", given(to));
    parameters.put("zone", given(zone));
    return parameters;
  }

  public @Nullable String getAction() {
    return action;
  }

  public void setAction(@Nullable String action) {
    this.action = action;
  }

  public @Nullable String getActor() {
    return actor;
  }

  public void setActor(@Nullable String actor) {
    this.actor = actor;
  }

  public @Nullable String getSubject() {
    return subject;
  }

  public void setSubject(@Nullable String subject) {
    this.subject = subject;
  }

  public @Nullable String getFrom() {
    return from;
  }

  public void setFrom(@Nullable String from) {
    this.from = from;
  }

  public @Nullable String getTo() {
    return to;
  }

  public void setTo(@Nullable String to) {
    this.to = to;
  }

  /** The zone of days and times; empty to let the browser choose the reader's zone. */
  public String getZone() {
    return LogAddress.shown(given(zone), given(from), given(to));
  }

  public void setZone(@Nullable String zone) {
    this.zone = zone;
  }
}
