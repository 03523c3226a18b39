package io.keyturn.supplier.file;

import io.keyturn.access.Reach;
import io.keyturn.audit.Actor;
import io.keyturn.csv.CsvFile;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierBatch;
import io.keyturn.supplier.SupplierBatch.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What would become of the first rows of a file that waits for its start. */
@ApplicationScoped
@Transactional
public class ImportPreview {
  /** The rows that are shown in any case, and the rejected rows that are shown beside them. */
  private static final int FIRST = 10;

  private static final int MOST_REJECTED = 20;

  @Inject private SupplierImports imports;
  @Inject private RowWishes wishes;
  @Inject private SupplierBatch batch;

  /**
   * A row.
   *
   * @param outcome {@code created}, {@code updated}, {@code unchanged} or {@code rejected}
   * @param reason why it would be rejected; else null
   */
  public record Row(long line, List<String> cells, String outcome, @Nullable String reason) {}

  /**
   * The first rows.
   *
   * @param header the names of the columns as the file has them
   * @param rows the very first rows, and after them rejected rows
   * @param looked at how many rows it was looked
   * @param rejected how many of them would be rejected
   */
  public record View(List<String> header, List<Row> rows, int looked, int rejected) {}

  /**
   * Looks at the first rows. Nothing is written.
   *
   * @throws ProblemException 404; 409 where the file does not wait
   */
  public View of(OrganisationId organisationId, UUID id, Actor actor) {
    SupplierImports.Waiting file = imports.waiting(organisationId, id);
    List<CsvFile.Row> rows = file.first();
    Reach reach = Reach.all(organisationId);
    List<SupplierBatch.Result> results =
        batch.write(reach, wishes.of(file.header(), reach, rows), actor, true);
    List<Row> shown = new ArrayList<>();
    int rejected = 0;
    for (int i = 0; i < rows.size(); i++) {
      ProblemException problem = results.get(i).problem();
      boolean bad = results.get(i).outcome() == Outcome.REJECTED;
      if (i < FIRST || bad && rejected < MOST_REJECTED) {
        shown.add(
            new Row(
                rows.get(i).line(),
                rows.get(i).cells(),
                results.get(i).outcome().name().toLowerCase(Locale.ROOT),
                problem == null ? null : RowWishes.reason(problem)));
      }
      rejected += bad ? 1 : 0;
    }
    return new View(file.header(), shown, rows.size(), rejected);
  }
}
