package io.keyturn.supplier;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Texts with commas between them, as query parameters and fields of forms have them. Within a text,
 * a comma is written as {@code \,} and a backslash as {@code \\}.
 */
public final class CommaList {
  private CommaList() {}

  /** The texts of a list, without any space around them. */
  public static List<String> read(String list) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    boolean escaped = false;
    for (char c : list.toCharArray()) {
      if (c == ',' && !escaped) {
        texts.add(Names.clean(text.toString()));
        text.setLength(0);
        continue;
      }
      if (escaped && (c == ',' || c == '\\')) {
        text.setLength(text.length() - 1);
      }
      text.append(c);
      escaped = c == '\\' && !escaped;
    }
    texts.add(Names.clean(text.toString()));
    return texts;
  }

  /** A list of texts. */
  public static String write(List<String> texts) {
    return texts.stream().map(CommaList::escaped).collect(Collectors.joining(", "));
  }

  /** A text as it stands in a list. */
  public static String escaped(String text) {
    return text.replace("\\", "\\\\").replace(",", "\\,");
  }
}
