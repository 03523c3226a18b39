package io.keyturn.csv;

import io.keyturn.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A table as people have it: separated by commas, semicolons or tabs, in UTF-8, UTF-16 or
 * Windows-1252, with any line ends. It is read row by row. Apostrophes that guard a formula are
 * taken off.
 */
public final class CsvFile {
  /** The most characters of a row. */
  public static final int LONGEST_ROW = 200_000;

  /** How many characters of the header decide about the separator. */
  private static final int HEADER = 32 * 1024;

  /** The line by which spreadsheet programs name the separator. */
  private static final String SEPARATOR_LINE = "sep=";

  private final Bounded text;
  private final char separator;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private long line;

  /**
   * A row of the file.
   *
   * @param line the number of the line in which it ends, from 1
   */
  public record Row(long line, List<String> cells) {

    /** Whether no cell has a text. */
    public boolean blank() {
      return cells.stream().allMatch(String::isBlank);
    }
  }

  /**
   * Begins to read a file. The caller closes it.
   *
   * @throws ProblemException 422 naming {@code file} when it is not text
   */
  public CsvFile(InputStream file) throws IOException {
    text = new Bounded(new FileText(file));
    Begin begin = Begin.of(text);
    separator = begin.separator();
    for (int i = 0; i < begin.skipped(); i++) {
      text.read();
    }
    parser =
        CSVParser.builder()
            .setReader(text)
            .setFormat(
                CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(separator)
                    .setIgnoreEmptyLines(true)
                    .setIgnoreSurroundingSpaces(true)
                    .get())
            .get();
    records = parser.iterator();
  }

  /** The separator between the cells. */
  public char separator() {
    return separator;
  }

  /**
   * The next row that is not blank; null at the end.
   *
   * @throws ProblemException 422 naming {@code file} when it cannot be read as a table
   */
  public @Nullable Row next() {
    Row row = any();
    while (row != null && row.blank()) {
      row = any();
    }
    return row;
  }

  private @Nullable Row any() {
    text.begin();
    try {
      if (!records.hasNext()) {
        return null;
      }
      CSVRecord record = records.next();
      List<String> cells = new ArrayList<>(record.size());
      record.forEach(cell -> cells.add(Csv.plain(cell)));
      line = parser.getCurrentLineNumber();
      return new Row(line, cells);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException) {
        throw ProblemException.invalid(
            "file",
            "has a quotation mark in the wrong place, in the row that begins at line "
                + (line + 1));
      }
      throw ProblemException.malformed("The body cannot be read to its end.");
    }
  }

  /** What the first line of a file says about the others. */
  private record Begin(char separator, int skipped) {

    static Begin of(Reader text) throws IOException {
      text.mark(HEADER);
      char[] begin = new char[HEADER];
      int length = 0;
      for (int n = text.read(begin, 0, HEADER);
          n > 0;
          n = text.read(begin, length, HEADER - length)) {
        length += n;
      }
      text.reset();
      String line = new String(begin, 0, length);
      int named = SEPARATOR_LINE.length();
      if (line.regionMatches(true, 0, SEPARATOR_LINE, 0, named)
          && line.length() > named + 1
          && Character.isISOControl(line.charAt(named + 1))) {
        return new Begin(line.charAt(named), named + 1);
      }
      return new Begin(mostFrequent(line), 0);
    }

    /** The separator that stands most often outside of quotation marks in the first line. */
    private static char mostFrequent(String text) {
      int[] count = new int[3];
      boolean quoted = false;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == '"') {
          quoted = !quoted;
        } else if (!quoted && (c == '\n' || c == '\r')) {
          break;
        } else if (!quoted && ",;\t".indexOf(c) >= 0) {
          count[",;\t".indexOf(c)]++;
        }
      }
      int best = count[1] > count[0] ? 1 : 0;
      return ",;\t".charAt(count[2] > count[best] ? 2 : best);
    }
  }

  /** Refuses a row that does not end, as after a quotation mark that nobody closes. */
  private static final class Bounded extends BufferedReader {
    private long read;
    private long begun;

    Bounded(Reader text) {
      super(text);
    }

    void begin() {
      begun = read;
    }

    @Override
    public int read(char[] into, int from, int length) throws IOException {
      int count = super.read(into, from, length);
      read += Math.max(0, count);
      // The parser reads ahead, so that this is the bound of a row and a little more.
      if (read - begun > LONGEST_ROW) {
        throw ProblemException.invalid(
            "file",
            "has a row of more than "
                + LONGEST_ROW
                + " characters; a quotation mark may not be closed");
      }
      return count;
    }
  }
}
