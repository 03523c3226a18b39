package io.keyturn.audit;

import io.keyturn.csv.Csv;
import io.keyturn.csv.CsvDialect;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit log as a file. */
@ApplicationScoped
public class AuditExport {
  private static final int PAGE = 500;
  private static final List<String> COLUMNS =
      List.of(
          "sequence",
          "at",
          "action",
          "actor_type",
          "actor_id",
          "actor_name",
          "address",
          "subject_type",
          "subject_id",
          "subject_name",
          "details");

  @Inject private AuditLog log;

  /**
   * Writes all events that match a filter as CSV (RFC 4180), the newest first. The export is itself
   * recorded in the audit log before the first row is written.
   */
  public void write(OrganisationId organisationId, AuditFilter filter, Actor actor, Writer out)
      throws IOException {
    log.append(
        organisationId,
        actor,
        AuditAction.AUDIT_LOG_EXPORTED,
        new Subject("audit_log", null, "audit log"),
        filter.asked());
    Csv csv = new Csv(out, CsvDialect.SPREADSHEET, COLUMNS);
    Cursor place = null;
    do {
      ListView<AuditEventView> page =
          log.find(organisationId, filter, new Paging(PAGE, place, false));
      for (AuditEventView event : page.data()) {
        write(event, csv);
      }
      out.flush();
      place = behind(page);
    } while (place != null);
  }

  private static @Nullable Cursor behind(ListView<?> page) {
    String next = page.page().nextCursor();
    return next == null ? null : Cursor.decode(next, AuditLog.LIST);
  }

  private static void write(AuditEventView event, Csv csv) throws IOException {
    csv.row(
        Arrays.asList(
            event.sequence(),
            event.at(),
            event.action(),
            event.actor().type(),
            event.actor().id(),
            event.actor().name(),
            event.actor().address(),
            event.subject().type(),
            event.subject().id(),
            event.subject().name(),
            Json.createObjectBuilder(event.details()).build()));
  }
}
