package io.keyturn.database;

/** Texts that a column must take, however long they are. */
public final class ColumnText {
  private ColumnText() {}

  /**
   * The beginning of a text, without half a character at its end.
   *
   * @param most the length of the column. H2 counts UTF-16 units, PostgreSQL counts characters.
   */
  public static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }
}
