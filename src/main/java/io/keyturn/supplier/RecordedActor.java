package io.keyturn.supplier;

import io.keyturn.audit.Actor;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The person or key that did something to a supplier, under the name of that time. */
@Schema(name = "Actor", description = "The person or API key that did it.")
public record RecordedActor(
    @Schema(enumeration = {"person", "api_key", "operator", "system"}) String type,
    @Schema(nullable = true) @Nullable UUID id,
    @Schema(description = "The name at that time.") String name) {
  /** The actor of an audit event. */
  public static RecordedActor of(Actor actor) {
    return new RecordedActor(
        actor.type().name().toLowerCase(Locale.ROOT), actor.id(), actor.name());
  }

  /** One text for a column, which {@link #parse} reads. */
  String format() {
    return type + "\n" + (id == null ? "" : id) + "\n" + name;
  }

  static @Nullable RecordedActor parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    int id = text.indexOf('\n') + 1;
    int name = text.indexOf('\n', id) + 1;
    return new RecordedActor(
        text.substring(0, id - 1),
        name - 1 == id ? null : UUID.fromString(text.substring(id, name - 1)),
        text.substring(name));
  }
}
