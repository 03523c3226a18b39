package io.keyturn.supplier.file;

import io.keyturn.csv.Csv;
import io.keyturn.csv.CsvDialect;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rejected rows of an import as a file, each with the reason, to correct and send again. */
@ApplicationScoped
public class ImportResult {
  @Inject private SupplierImports imports;

  /** The columns of the file that was sent, and what stood between them. */
  record Head(List<String> columns, char separator) {}

  /** The rejected rows of a piece. */
  record Part(int piece, List<PieceText.Rejected> rejected) {}

  /**
   * The file of an import, with the separator of the file that was sent.
   *
   * @throws ProblemException 404; 409 while the import is not finished
   */
  public SupplierExport.File file(SupplierImports.Seen seen, UUID id) {
    Head head = imports.head(seen, id);
    return SupplierExport.whole(writer -> write(seen, id, head, writer));
  }

  private void write(SupplierImports.Seen seen, UUID id, Head head, Writer writer)
      throws IOException {
    // The columns of an earlier result get new values.
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < head.columns().size(); i++) {
      if (!ImportHeader.OWN.contains(head.columns().get(i))) {
        kept.add(i);
      }
    }
    Csv csv =
        new Csv(
            writer,
            CsvDialect.ofSeparator(head.separator()),
            line(ImportHeader.LINE, ImportHeader.REASON, head.columns(), kept));
    Part part = imports.rejected(seen, id, 0);
    while (part != null) {
      for (PieceText.Rejected one : part.rejected()) {
        csv.row(line(Long.toString(one.row().line()), one.reason(), one.row().cells(), kept));
      }
      part = imports.rejected(seen, id, part.piece() + 1);
    }
  }

  private static List<@Nullable String> line(
      String line, String reason, List<String> cells, List<Integer> kept) {
    return Stream.concat(
            Stream.of(line, reason), kept.stream().map(i -> i < cells.size() ? cells.get(i) : ""))
        .toList();
  }
}
