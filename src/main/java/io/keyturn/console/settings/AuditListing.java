package io.keyturn.console.settings;

import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditFilter;
import io.keyturn.audit.AuditLog;
import io.keyturn.console.Listing;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Audit events as a page shows them, some at a time, the newest first. The place in the log stands
 * in the address.
 */
public final class AuditListing {
  private final String path;
  private final Supplier<Map<String, @Nullable String>> parameters;
  private @Nullable String older;
  private @Nullable String newer;
  private List<Row> rows = List.of();
  private String before = "";
  private String after = "";
  private boolean first = true;
  private boolean last = true;

  /** An event and its sentence. */
  public record Row(AuditEventView event, String sentence) {

    /** The address from which it was done, as people read it; empty where there is none. */
    public String address() {
      String address = event.actor().address();
      return address == null ? "" : Networks.readable(address);
    }
  }

  /**
   * @param path the path of the page
   * @param parameters what else the addresses of its pages have
   */
  AuditListing(String path, Supplier<Map<String, @Nullable String>> parameters) {
    this.path = path;
    this.parameters = parameters;
  }

  /**
   * Reads the events that match a filter, at the place that the address names.
   *
   * @throws ProblemException 422 for a place that is none
   */
  void read(AuditLog log, OrganisationId organisationId, AuditFilter filter) {
    Optional<List<AuditEventView>> earlierPage =
        newer == null
            ? Optional.empty()
            : log.pageBefore(organisationId, filter, place(newer), Listing.ROWS);
    if (earlierPage.isPresent()) {
      show(organisationId, earlierPage.get(), false, false);
      return;
    }
    Cursor from = older == null ? null : place(older);
    ListView<AuditEventView> page =
        log.find(organisationId, filter, new Paging(Listing.ROWS, from, false));
    show(organisationId, page.data(), from == null, !page.page().hasMore());
  }

  private static Cursor place(String text) {
    return Cursor.decode(text, AuditLog.LIST);
  }

  private void show(
      OrganisationId organisationId, List<AuditEventView> events, boolean isFirst, boolean isLast) {
    rows = events.stream().map(e -> new Row(e, AuditSentence.of(e))).toList();
    first = isFirst;
    last = isLast;
    if (!events.isEmpty()) {
      before = events.get(0).place(organisationId).encode();
      after = events.get(events.size() - 1).place(organisationId).encode();
    }
  }

  /** The events to show. */
  public List<Row> getRows() {
    return rows;
  }

  /** Whether there are newer events than the shown events. */
  public boolean isPrevious() {
    return !first && !rows.isEmpty();
  }

  /** Whether there are older events than the shown events. */
  public boolean isNext() {
    return !last && !rows.isEmpty();
  }

  public String getPreviousAddress() {
    return address("newer", before);
  }

  public String getNextAddress() {
    return address("older", after);
  }

  private String address(String direction, String place) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(parameters.get());
    all.put(direction, place);
    return Listing.address(path, all);
  }

  /** The place behind which the shown events come. */
  public @Nullable String getOlder() {
    return older;
  }

  public void setOlder(@Nullable String older) {
    this.older = given(older);
  }

  /** The place before which the shown events come. */
  public @Nullable String getNewer() {
    return newer;
  }

  public void setNewer(@Nullable String newer) {
    this.newer = given(newer);
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
