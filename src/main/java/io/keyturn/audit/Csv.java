package io.keyturn.audit;

import java.io.IOException;
import java.io.Writer;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * A table as text (RFC 4180), each cell in quotation marks. A cell that a spreadsheet would take
 * for a formula gets an apostrophe before it.
 */
public final class Csv {
  /**
   * The characters that start a formula. The last four are wide forms that some spreadsheets
   * accept.
   */
  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private final CSVPrinter printer;

  /** Writes the header line. */
  public Csv(Writer out, String... columns) throws IOException {
    printer = new CSVPrinter(out, CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL).get());
    printer.printRecord((Object[]) columns);
  }

  /** Writes a line; null is an empty cell. */
  public void row(@Nullable Object... cells) throws IOException {
    printer.printRecord(Stream.of(cells).map(Csv::cell));
  }

  static String cell(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
