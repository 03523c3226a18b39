package io.keyturn.console.suppliers;

import io.keyturn.supplier.RecordedActor;
import io.keyturn.supplier.SupplierChangeView;
import io.keyturn.supplier.SupplierChangeView.MemberChange;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What others have done to a supplier since somebody opened its page, in sentences. */
final class Meanwhile {
  private static final int LONGEST = 80;
  private static final String KEEP = ". Save again to keep what you entered here.";

  private Meanwhile() {}

  private static String name(String article, RecordedActor actor) {
    return actor.type().equals("api_key")
        ? article + " API key \"" + actor.name() + "\""
        : actor.name();
  }

  /**
   * A change.
   *
   * @param when in the reader's zone
   */
  static String sentence(SupplierChangeView change, String when) {
    String what =
        switch (change.action()) {
          case "changed" ->
              "changed "
                  + change.members().stream()
                      .map(Meanwhile::member)
                      .collect(Collectors.joining(", "));
          case "submitted" -> "submitted it for approval";
          default -> change.action() + " it";
        };
    return name("The", change.actor()) + " " + what + " (" + when + ").";
  }

  private static String member(MemberChange member) {
    String before = value(member.before());
    String after = value(member.after());
    String words = member.name().replace('_', ' ');
    return before == null || after == null ? words : words + " from " + before + " to " + after;
  }

  /** A value that is short enough to be told; null for a list or an object. */
  private static @Nullable String value(@Nullable JsonValue value) {
    if (value == null || value == JsonValue.NULL) {
      return "nothing";
    }
    if (value instanceof JsonString text) {
      String whole = text.getString().replace('\n', ' ');
      return whole.length() <= LONGEST ? "\"" + whole + "\"" : null;
    }
    return value instanceof JsonNumber || value == JsonValue.TRUE || value == JsonValue.FALSE
        ? value.toString()
        : null;
  }

  /**
   * The message at a field that somebody has changed, and others have changed meanwhile.
   *
   * @param changes the newest first
   */
  static String atField(String member, List<SupplierChangeView> changes) {
    for (SupplierChangeView change : changes) {
      for (MemberChange one : change.members()) {
        if (one.name().equals(member)) {
          String after = value(one.after());
          return "Changed meanwhile by "
              + name("the", change.actor())
              + (after == null ? "" : " to " + after)
              + KEEP;
        }
      }
    }
    return "Changed meanwhile" + KEEP;
  }
}
