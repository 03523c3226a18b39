package io.keyturn.console.settings;

import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditFilter;
import io.keyturn.audit.AuditLog;
import io.keyturn.console.PlacedListing;
import io.keyturn.language.Texts;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Audit events as a page shows them. */
public final class AuditListing extends PlacedListing<AuditEventView, AuditListing.Row> {

  /** An event as a page shows it. */
  public record Row(AuditEventView event) {

    /** The event as a sentence without its full stop. */
    public String sentence(Texts texts) {
      return AuditSentence.of(texts, event);
    }

    /** The address from which it was done, as people read it; empty where there is none. */
    public String address() {
      String address = event.actor().address();
      return address == null ? "" : Networks.readable(address);
    }
  }

  /**
   * @param path the path of the page
   * @param organisation whose events they are
   * @param parameters what else the addresses of its pages have
   */
  AuditListing(
      String path,
      Supplier<OrganisationId> organisation,
      Supplier<Map<String, @Nullable String>> parameters) {
    super(path, AuditLog.LIST, event -> event.place(organisation.get()), parameters);
  }

  /**
   * Reads the events that match a filter, at the place that the address names.
   *
   * @throws io.keyturn.problem.ProblemException 422 for a place that is none
   */
  void read(AuditLog log, OrganisationId organisationId, AuditFilter filter) {
    read(
        new Source<>() {
          @Override
          public ListView<AuditEventView> page(Paging paging) {
            return log.find(organisationId, filter, paging);
          }

          @Override
          public Optional<List<AuditEventView>> pageBefore(Cursor place, int limit) {
            return log.pageBefore(organisationId, filter, place, limit);
          }
        },
        events -> events.stream().map(Row::new).toList());
  }
}
