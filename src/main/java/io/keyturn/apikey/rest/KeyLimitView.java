package io.keyturn.apikey.rest;

import io.keyturn.access.LocationLimit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What limits a key, as the API answers it. */
@Schema(name = "KeyLimit", description = "What limits a key; null for no limit.")
public record KeyLimitView(
    @Schema(description = "The key sees and changes only suppliers of these locations.")
        List<UUID> locations) {

  /** The limit; null where there is none. */
  public static @Nullable KeyLimitView of(LocationLimit limit) {
    return limit.limited() ? new KeyLimitView(limit.ids()) : null;
  }
}
