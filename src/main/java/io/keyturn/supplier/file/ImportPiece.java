package io.keyturn.supplier.file;

import io.keyturn.csv.CsvFile;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Some rows of a file: to do, and after that the rejected rows among them. */
@Entity
@Table(name = "supplier_import_piece")
@IdClass(ImportPiece.Key.class)
class ImportPiece {
  @Id private UUID importId;
  @Id private int number;

  /** Read where an organisation is exported or deleted. */
  @SuppressWarnings("UnusedVariable")
  private OrganisationId organisationId;

  private int rowCount;
  private byte @Nullable [] content;

  /** The identity of a row. */
  record Key(UUID importId, int number) {}

  protected ImportPiece() {}

  /**
   * Rows that are to do.
   *
   * @param number from 0
   */
  ImportPiece(SupplierImport of, int number, List<CsvFile.Row> rows) {
    this.importId = of.id();
    this.organisationId = of.organisationId();
    this.number = number;
    this.rowCount = rows.size();
    this.content = PieceText.ofRows(rows);
  }

  int number() {
    return number;
  }

  /** The rows to do. */
  List<CsvFile.Row> rows() {
    return content == null ? List.of() : PieceText.rows(content);
  }

  /** Replaces the rows by those among them that were rejected. */
  void done(List<PieceText.Rejected> rejected) {
    rowCount = rejected.size();
    content = rejected.isEmpty() ? null : PieceText.ofRejected(rejected);
  }

  /** The rejected rows of a piece that is done. */
  List<PieceText.Rejected> rejected() {
    return content == null ? List.of() : PieceText.rejected(content);
  }
}
