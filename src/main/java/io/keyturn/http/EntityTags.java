package io.keyturn.http;

import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists of entity tags in {@code If-Match} and {@code If-None-Match} (RFC 9110 §8.8.3). */
final class EntityTags {
  private static final String TAG = "(?:W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
  // Possessive quantifiers: with others, each of many tags would cost a stack frame.
  private static final Pattern LIST =
      Pattern.compile("\\s*+" + TAG + "(\\s*+,\\s*+" + TAG + ")*+\\s*+");
  private static final Pattern PARTS = Pattern.compile("(W/)?\"([^\"]*)\"");

  private EntityTags() {}

  /**
   * The strong tags of a list, without quotation marks. Weak tags never match for a change. Empty
   * for a malformed list.
   */
  static Optional<Set<String>> strong(String header) {
    return tags(header, tag -> tag.group(1) == null);
  }

  /** All tags of a list, without quotation marks. None for a malformed list. */
  static Set<String> weak(String header) {
    return tags(header, tag -> true).orElse(Set.of());
  }

  private static Optional<Set<String>> tags(String header, Predicate<MatchResult> wanted) {
    if (!LIST.matcher(header).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        PARTS
            .matcher(header)
            .results()
            .filter(wanted)
            .map(tag -> tag.group(2))
            .collect(Collectors.toSet()));
  }
}
