package io.keyturn.supplier.file;

import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.csv.Csv;
import io.keyturn.csv.CsvDialect;
import io.keyturn.json.JsonText;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.CustomFieldView;
import io.keyturn.supplier.CustomFields;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.SupplierView;
import io.keyturn.supplier.Suppliers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Suppliers as a file, page by page, so that a file of any length takes the same memory. Each page
 * is read where the page before it has ended: a supplier that is changed meanwhile is written as it
 * is then, and may be missing or written twice where the change has moved it.
 */
@ApplicationScoped
public class SupplierExport {
  private static final int PAGE = 500;

  @Inject private Suppliers suppliers;
  @Inject private CustomFields customFields;
  @Inject private AuditLog audit;

  /**
   * What ends a file that a failure cuts off. The server would end the answer as if it were whole;
   * so this is neither CSV nor JSON, and no program takes the file for a whole one.
   */
  static final String CUT_OFF = "\"cut off by a failure";

  /** Writes a file to where it is asked for. */
  @FunctionalInterface
  public interface File {
    void write(OutputStream out) throws IOException;
  }

  /**
   * All suppliers that match a filter, as CSV. The export is recorded in the audit log.
   *
   * @throws ProblemException 422 as of {@link Suppliers#list}
   */
  public File csv(Reach reach, SupplierFilter filter, CsvDialect dialect, Actor actor) {
    List<String> fields =
        customFields.list(reach.organisationId()).stream().map(CustomFieldView::name).toList();
    List<String> header =
        Stream.concat(
                Stream.of(SupplierColumn.values()).map(SupplierColumn::code),
                fields.stream().map(field -> SupplierColumn.CUSTOM + field))
            .toList();
    return file(
        reach,
        filter,
        actor,
        writer -> {
          Csv csv = new Csv(writer, dialect, header);
          return supplier -> csv.row(cells(supplier, fields));
        });
  }

  private static List<@Nullable Object> cells(SupplierView supplier, List<String> fields) {
    List<@Nullable Object> cells = new ArrayList<>();
    for (SupplierColumn column : SupplierColumn.values()) {
      cells.add(column.cell(supplier));
    }
    fields.forEach(field -> cells.add(supplier.customFields().get(field)));
    return cells;
  }

  /**
   * All suppliers that match a filter, each as a JSON object in a line of its own (NDJSON). The
   * export is recorded in the audit log.
   *
   * @throws ProblemException 422 as of {@link Suppliers#list}
   */
  public File ndjson(Reach reach, SupplierFilter filter, Actor actor) {
    return file(
        reach,
        filter,
        actor,
        writer -> supplier -> writer.append(JsonText.of(supplier)).append('\n'));
  }

  private interface Begin {
    Row begin(Writer writer) throws IOException;
  }

  private interface Row {
    void write(SupplierView supplier) throws IOException;
  }

  /** Reads the first page before anything is written, so that a wrong filter is answered. */
  private File file(Reach reach, SupplierFilter filter, Actor actor, Begin begin) {
    ListView<SupplierView> first = page(reach, filter, null);
    audit.append(
        reach.organisationId(),
        actor,
        AuditAction.SUPPLIERS_EXPORTED,
        new Subject("suppliers", null, "suppliers"),
        Map.of());
    return whole(
        writer -> {
          Row row = begin.begin(writer);
          ListView<SupplierView> page = first;
          while (page != null) {
            for (SupplierView supplier : page.data()) {
              row.write(supplier);
            }
            String next = page.page().nextCursor();
            page =
                next == null
                    ? null
                    : page(reach, filter, Cursor.decode(next, filter.sort().list()));
          }
        });
  }

  interface Content {
    void write(Writer writer) throws IOException;
  }

  /** A file that says when it is not whole. */
  static File whole(Content content) {
    return out -> {
      Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      try {
        content.write(writer);
      } catch (RuntimeException e) {
        writer.write(CUT_OFF);
        writer.flush();
        throw e;
      }
      writer.flush();
    };
  }

  private ListView<SupplierView> page(Reach reach, SupplierFilter filter, @Nullable Cursor place) {
    return suppliers.whole(reach, filter, new Paging(PAGE, place, false));
  }
}
