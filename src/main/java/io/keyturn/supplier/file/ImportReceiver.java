package io.keyturn.supplier.file;

import io.keyturn.audit.Actor;
import io.keyturn.csv.CsvFile;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.SecretText;
import io.keyturn.supplier.CustomFields;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Receives a file and stores its rows in pieces. A file that is no table is refused here, before
 * anything is imported.
 */
@ApplicationScoped
class ImportReceiver {
  /** How many rows are written in one transaction. */
  private static final int PIECE = 500;

  /** The most characters of a piece; with them, its bytes fit a column of the embedded database. */
  private static final int LARGEST_PIECE = 300_000;

  private static final int MOST_ROWS = 250_000;
  private static final int LONGEST_NAME = 200;

  @Inject private SupplierImports imports;
  @Inject private CustomFields customFields;

  /** A file that is stored. */
  record Stored(UUID id, int rows, int pieces) {}

  /**
   * Receives a file.
   *
   * @param name as the client has it
   * @throws ProblemException 409 where too many imports of the organisation are not finished; 422
   *     for a file that cannot be read as a table of suppliers
   */
  Stored receive(
      OrganisationId organisationId, @Nullable String name, InputStream stream, Actor actor)
      throws IOException {
    CsvFile file = new CsvFile(stream);
    CsvFile.Row header = file.next();
    if (header == null) {
      throw ProblemException.invalid("file", "is empty");
    }
    ImportHeader.of(header.cells(), FileReferences.types(customFields.list(organisationId)));
    CsvFile.Row first = file.next();
    if (first == null) {
      throw ProblemException.invalid("file", "has no rows after its header");
    }
    UUID id = imports.begin(organisationId, shown(name), file.separator(), header.cells(), actor);
    boolean whole = false;
    try {
      Stored stored = store(organisationId, id, file, first);
      whole = true;
      return stored;
    } finally {
      if (!whole) {
        imports.discard(organisationId, id);
      }
    }
  }

  private Stored store(OrganisationId organisationId, UUID id, CsvFile file, CsvFile.Row first) {
    List<CsvFile.Row> piece = new ArrayList<>();
    int size = 0;
    int rows = 0;
    int pieces = 0;
    for (CsvFile.Row row = first; row != null; row = file.next()) {
      int length = row.cells().stream().mapToInt(String::length).sum();
      if (!piece.isEmpty() && (piece.size() == PIECE || size + length > LARGEST_PIECE)) {
        imports.store(organisationId, id, pieces++, piece);
        piece.clear();
        size = 0;
      }
      piece.add(row);
      size += length;
      rows++;
      if (rows > MOST_ROWS) {
        throw ProblemException.invalid(
            "file", "has more than " + MOST_ROWS + " rows; send it in parts");
      }
    }
    imports.store(organisationId, id, pieces++, piece);
    return new Stored(id, rows, pieces);
  }

  /** The name of a file without its folders; null for a name that cannot be shown. */
  private static @Nullable String shown(@Nullable String name) {
    if (name == null) {
      return null;
    }
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    boolean fit =
        !last.isBlank()
            && last.length() <= LONGEST_NAME
            && last.chars().noneMatch(Character::isISOControl)
            && !SecretText.in(last);
    return fit ? last : null;
  }
}
