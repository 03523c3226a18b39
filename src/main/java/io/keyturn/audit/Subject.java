package io.keyturn.audit;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The object that an audit event is about.
 *
 * @param type the kind of object, such as {@code api_key} or {@code user}
 * @param name the name at that time
 */
public record Subject(String type, @Nullable UUID id, String name) {
  private static final String WEBHOOK = "webhook";
  private static final Pattern ORIGIN = Pattern.compile("[A-Za-z]+://[^/?#]*");

  /**
   * The webhook with an address. Its name is the address without path and query: with many
   * receivers whoever knows them may send, so they are a secret.
   */
  public static Subject webhook(@Nullable UUID id, String address) {
    Matcher origin = ORIGIN.matcher(address);
    return new Subject(WEBHOOK, id, origin.lookingAt() ? origin.group() : address);
  }

  /** As it is shown. Old events have the whole address of a webhook, and events never change. */
  Subject shown() {
    return type.equals(WEBHOOK) ? webhook(id, name) : this;
  }
}
