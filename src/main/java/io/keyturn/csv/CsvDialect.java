package io.keyturn.csv;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** For whom a table is written. All dialects are UTF-8. */
public enum CsvDialect {
  /** For programs (RFC 4180). */
  PLAIN(',', false, '.'),
  /** For spreadsheet programs with English settings. */
  SPREADSHEET(',', true, '.'),
  /** For spreadsheet programs with German settings, and others with a decimal comma. */
  SPREADSHEET_SEMICOLON(';', true, ',');

  private final char separator;
  private final boolean marked;
  private final char decimal;

  CsvDialect(char separator, boolean marked, char decimal) {
    this.separator = separator;
    this.marked = marked;
    this.decimal = decimal;
  }

  /** The name of this dialect in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The dialect with this code. */
  public static Optional<CsvDialect> of(String code) {
    return Arrays.stream(values()).filter(dialect -> dialect.code().equals(code)).findFirst();
  }

  /** The dialect for the spreadsheet program that has written this separator. */
  public static CsvDialect ofSeparator(char separator) {
    return separator == ';' ? SPREADSHEET_SEMICOLON : SPREADSHEET;
  }

  /** The codes of all dialects, for a message. */
  public static List<String> codes() {
    return Arrays.stream(values()).map(CsvDialect::code).toList();
  }

  char separator() {
    return separator;
  }

  /**
   * Whether the text begins with a byte order mark. Without it, spreadsheet programs read UTF-8 as
   * another encoding.
   */
  boolean marked() {
    return marked;
  }

  /** The mark between a number's whole part and its fraction. */
  char decimal() {
    return decimal;
  }
}
