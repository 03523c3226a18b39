package io.keyturn.webhook;

import io.keyturn.access.Caller;
import io.keyturn.access.LocationLimit;
import io.keyturn.access.Scope;
import io.keyturn.event.EventType;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what somebody wants of a webhook. */
final class WishCheck {
  private static final int LONGEST_DESCRIPTION = 200;

  private WishCheck() {}

  /** What was wanted, where nothing is wrong with it. Null members were not wanted. */
  record Fit(@Nullable URI url, @Nullable String description, @Nullable Set<EventType> types) {}

  /**
   * Checks all that is wanted.
   *
   * @param errors get what is wrong with each member
   * @throws ProblemException 403 for a type that whoever wants to be told may not read
   */
  static Fit fit(Webhooks.Wish wish, TargetPolicy policy, Set<Scope> scopes, FieldErrors errors) {
    String url = wish.url();
    String text = wish.description();
    List<String> codes = wish.types();
    return new Fit(
        url == null ? null : errors.orNull(() -> policy.target(url)),
        text == null ? null : errors.orNull(() -> description(text)),
        codes == null ? null : errors.orNull(() -> types(codes, scopes)));
  }

  /**
   * The description in a text.
   *
   * @throws ProblemException 422
   */
  private static String description(String text) {
    String stripped = text.strip();
    if (stripped.length() > LONGEST_DESCRIPTION
        || stripped.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          "description", "must have at most " + LONGEST_DESCRIPTION + " characters in one line");
    }
    return stripped;
  }

  /**
   * The types with these codes.
   *
   * @param scopes of whoever wants to be told
   * @throws ProblemException 422 for an unknown code, 403 for a type that they may not read
   */
  private static Set<EventType> types(List<String> codes, Set<Scope> scopes) {
    if (codes.isEmpty()) {
      throw ProblemException.invalid("types", "must name an event type, or be absent for all");
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    List<FieldError> errors = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      String field = "types[" + i + "]";
      EventType.of(codes.get(i))
          .ifPresentOrElse(
              types::add, () -> errors.add(new FieldError(field, "is not an event type")));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    if (types.contains(EventType.AUDIT_RECORDED) && types.size() > 1) {
      throw ProblemException.invalid("types", Webhooks.ALONE);
    }
    refuseUnread(types, scopes);
    return types;
  }

  /** Nobody lets an address be told of what they may not read themselves. */
  static void refuseUnread(Set<EventType> types, Set<Scope> scopes) {
    for (EventType type : types) {
      if (!scopes.contains(type.scope())) {
        throw Caller.lacks(type.scope());
      }
    }
  }

  /**
   * What the calling key may read, by its scopes and its limit.
   *
   * @param types that it asks for
   * @throws ProblemException 403 where a key with a limit asks for the audit log
   */
  static Set<Scope> readable(Caller caller, @Nullable List<String> types) {
    LocationLimit limit = caller.reach().locations();
    if (limit.limited() && types != null && types.contains(EventType.AUDIT_RECORDED.code())) {
      throw new ProblemException(
          ProblemType.LOCATION_NOT_ALLOWED,
          "The audit log tells of all suppliers, and the API key is limited to locations.");
    }
    return limit.reading(caller.scopes());
  }
}
