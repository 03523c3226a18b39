package io.keyturn.csv;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Collection;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * A table as text (RFC 4180), each cell in quotation marks. A cell that a spreadsheet would take
 * for a formula gets an apostrophe before it (OWASP, CSV Injection).
 */
public final class Csv {
  /**
   * The characters that start a formula. The last four are wide forms that some spreadsheets
   * accept.
   */
  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final char GUARD = '\'';

  private final CSVPrinter printer;
  private final char decimal;

  /** Writes the header line. */
  public Csv(Writer out, CsvDialect dialect, Collection<String> columns) throws IOException {
    if (dialect.marked()) {
      out.write('\uFEFF');
    }
    decimal = dialect.decimal();
    printer =
        new CSVPrinter(
            out,
            CSVFormat.RFC4180
                .builder()
                .setDelimiter(dialect.separator())
                .setQuoteMode(QuoteMode.ALL)
                .get());
    row(columns);
  }

  /** Writes a line; null is an empty cell. */
  public void row(Iterable<? extends @Nullable Object> cells) throws IOException {
    for (Object cell : cells) {
      printer.print(text(cell));
    }
    printer.println();
  }

  private String text(@Nullable Object cell) {
    if (cell instanceof BigDecimal number) {
      return number.toPlainString().replace('.', decimal);
    }
    return cell == null ? "" : guarded(cell.toString());
  }

  /**
   * The text of a cell that no spreadsheet takes for a formula. A text that looks guarded already
   * is guarded, too, so that {@link #plain} finds it again.
   */
  static String guarded(String text) {
    return formula(text, 0) ? GUARD + text : text;
  }

  /** The text that {@link #guarded} was given. */
  static String plain(String cell) {
    return !cell.isEmpty() && cell.charAt(0) == GUARD && formula(cell, 1)
        ? cell.substring(1)
        : cell;
  }

  /** Whether a formula begins at a place, or after apostrophes there. */
  private static boolean formula(String text, int from) {
    int place = from;
    while (place < text.length() && text.charAt(place) == GUARD) {
      place++;
    }
    return place < text.length() && FORMULA.indexOf(text.charAt(place)) >= 0;
  }
}
