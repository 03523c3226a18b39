package io.keyturn.supplier;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The lists of categories: two common ones, and the organisation's own. */
enum CategoryScheme {
  /** Common Procurement Vocabulary of the European Union. */
  CPV,
  /** United Nations Standard Products and Services Code. */
  UNSPSC,
  CUSTOM;

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(CategoryScheme::code).toList();
  }

  /**
   * How the terms of all categories begin whose code begins with a text.
   *
   * @param beginning of a code; with a scheme and a colon before it, of that scheme only
   */
  static List<String> beginnings(String beginning) {
    return codes().stream().anyMatch(code -> beginning.startsWith(code + ":"))
        ? List.of(beginning)
        : codes().stream().map(code -> code + ":" + beginning).toList();
  }
}
