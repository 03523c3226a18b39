package io.keyturn.supplier.file;

import io.keyturn.csv.CsvFile;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.CustomField;
import io.keyturn.supplier.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the columns of a file mean.
 *
 * @param columns the names of the columns, which are columns of suppliers, custom fields, or others
 *     that are left alone
 */
record ImportHeader(List<String> columns) {
  /** What the file of rejected rows has beside the rows. It is left alone when it is sent again. */
  static final String LINE = "import_line";

  static final String REASON = "import_reason";

  /** The columns that are not of the file that was sent first. */
  static final Set<String> OWN = Set.of(LINE, REASON);

  private static final Pattern GAP = Pattern.compile("[\\s-]+");
  private static final int LONGEST_NAME = 100;

  /**
   * Reads a header.
   *
   * @throws ProblemException 422 naming each column that is not known
   */
  static ImportHeader of(List<String> cells, Map<String, CustomField.Type> customFields) {
    List<String> columns = new ArrayList<>();
    List<FieldError> errors = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    boolean writes = false;
    for (String cell : cells) {
      String name = GAP.matcher(cell.strip().toLowerCase(Locale.ROOT)).replaceAll("_");
      columns.add(name);
      if (name.isEmpty()) {
        continue;
      }
      SupplierColumn column = SupplierColumn.of(name);
      boolean known =
          column != null
              || OWN.contains(name)
              || (name.startsWith(SupplierColumn.CUSTOM)
                  && customFields.containsKey(name.substring(SupplierColumn.CUSTOM.length())));
      if (!known) {
        String shown = cell.length() > LONGEST_NAME ? cell.substring(0, LONGEST_NAME) : cell;
        errors.add(new FieldError("file", "has an unknown column: " + shown));
      } else if (!seen.add(name)) {
        errors.add(new FieldError("file", "has the column " + name + " twice"));
      }
      writes |= column != null && !column.readOnly();
    }
    if (!writes) {
      throw ProblemException.invalid(
          "file",
          "must have the names of columns in its first line, such as external_id;name;country");
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return new ImportHeader(columns);
  }

  /**
   * Reads a row. Excel leaves out cells at the end of rows that have nothing there; what they would
   * say stays as it is.
   *
   * @throws ProblemException 422 for a row that has cells without a name
   */
  SupplierRow row(CsvFile.Row row, FileReferences references) {
    List<String> cells = row.cells();
    for (int i = 0; i < cells.size(); i++) {
      if ((i >= columns.size() || columns.get(i).isEmpty()) && !cells.get(i).isBlank()) {
        throw ProblemException.invalid(
            "row", "has a cell without a name in the header: cell " + (i + 1));
      }
    }
    Map<SupplierColumn, String> known = new EnumMap<>(SupplierColumn.class);
    Map<String, String> custom = new LinkedHashMap<>();
    for (int i = 0; i < columns.size() && i < cells.size(); i++) {
      SupplierColumn column = SupplierColumn.of(columns.get(i));
      String cell = Names.clean(cells.get(i));
      if (column != null && !column.readOnly()) {
        known.put(column, cell);
      } else if (columns.get(i).startsWith(SupplierColumn.CUSTOM)) {
        custom.put(columns.get(i).substring(SupplierColumn.CUSTOM.length()), cell);
      }
    }
    return new SupplierRow(known, custom, references);
  }

  /** A digest of what a row says, in whatever order its cells stand. */
  String digest(CsvFile.Row row) {
    Map<String, String> said = new TreeMap<>();
    for (int i = 0; i < columns.size() && i < row.cells().size(); i++) {
      SupplierColumn column = SupplierColumn.of(columns.get(i));
      String cell = row.cells().get(i).strip();
      boolean written = column != null && !column.readOnly();
      if (!cell.isEmpty() && (written || columns.get(i).startsWith(SupplierColumn.CUSTOM))) {
        said.put(columns.get(i), cell);
      }
    }
    MessageDigest digest = sha256();
    said.forEach(
        (column, cell) -> {
          digest.update((column + '\0' + cell + '\0').getBytes(StandardCharsets.UTF_8));
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
