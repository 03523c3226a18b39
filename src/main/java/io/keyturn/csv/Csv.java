package io.keyturn.csv;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * A table as text (RFC 4180), each cell in quotation marks. What a spreadsheet program would take
 * for a formula gets an apostrophe before it (OWASP, CSV Injection): at the begin of a cell, and
 * behind what ends a cell where the program expects another separator.
 */
public final class Csv {
  /**
   * The characters that start a formula, with the wide forms that some spreadsheets accept. The
   * hyphen is the last, so that it is no range of characters in a pattern.
   */
  private static final String FORMULA = "=+@\uFF1D\uFF0B\uFF0D\uFF20-";

  private static final String GUARD = "'";

  /**
   * What ends a cell in some program, and the guard, behind which a formula may be guarded again.
   */
  private static final String ENDS = ",;\t\r\n" + GUARD;

  /** Where a formula begins, or apostrophes before it. */
  private static final String BEGIN = "(?:^(?=%1$s[\t\r\n%2$s])|(?<=[,;\t\r\n])(?=%1$s[%2$s]))";

  private static final Pattern FORMULAS = Pattern.compile(BEGIN.formatted("'*", FORMULA));
  private static final Pattern GUARDS = Pattern.compile(BEGIN.formatted("'+", FORMULA) + GUARD);

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
   * The text of a cell in which no spreadsheet finds a formula. A text that looks guarded already
   * is guarded, too, so that {@link #plain} finds it again.
   */
  static String guarded(String text) {
    return mayHoldFormula(text) ? FORMULAS.matcher(text).replaceAll(GUARD) : text;
  }

  /**
   * A quick look, since nearly no cell holds a formula: false only where the pattern finds none.
   */
  private static boolean mayHoldFormula(String text) {
    char before = '\n';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean afterEnd = ENDS.indexOf(before) >= 0;
      if (afterEnd && (FORMULA.indexOf(c) >= 0 || i == 0 && ENDS.indexOf(c) >= 0)) {
        return true;
      }
      before = c;
    }
    return false;
  }

  /** The text that {@link #guarded} was given. */
  static String plain(String cell) {
    return cell.indexOf('\'') < 0 ? cell : GUARDS.matcher(cell).replaceAll("");
  }
}
