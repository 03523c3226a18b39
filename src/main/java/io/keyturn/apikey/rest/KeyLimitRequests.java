package io.keyturn.apikey.rest;

import io.keyturn.access.LocationLimit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The member {@code restrict} of requests about keys. */
final class KeyLimitRequests {
  private KeyLimitRequests() {}

  /** What limits a key that is created. */
  @Schema(name = "KeyLimitCreation", description = "What limits a key. Default: no limit.")
  public record Limit(
      @Schema(
              nullable = true,
              minItems = 1,
              maxItems = 50,
              description =
                  "Ids of locations. The key sees, counts and changes only their suppliers.")
          @Nullable List<UUID> locations) {}

  /** What limits a key from now on. */
  @Schema(
      name = "KeyLimitChange",
      description = "What limits a key from now on; null for no limit.")
  public record Change(
      @Schema(
              type = SchemaType.ARRAY,
              implementation = UUID.class,
              nullable = true,
              minItems = 1,
              maxItems = 50,
              description = "Ids of locations; null for no limit. An empty list is refused.")
          @Nullable Optional<List<UUID>> locations) {}

  /**
   * The limit of a new key.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an empty list, and for too many locations
   */
  static LocationLimit wanted(@Nullable Limit restrict) {
    return restrict == null || restrict.locations() == null
        ? LocationLimit.NONE
        : LocationLimit.to(restrict.locations());
  }

  /**
   * The change of a limit: null for none, empty for no limit from now on.
   *
   * @throws io.keyturn.problem.ProblemException 422 for an empty list, and for too many locations
   */
  @SuppressWarnings("OptionalAssignedToNull") // As in all requests: absent, null and given differ.
  static @Nullable Optional<LocationLimit> changed(@Nullable Optional<Change> restrict) {
    if (restrict == null) {
      return null;
    }
    if (restrict.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<UUID>> locations = restrict.get().locations();
    return locations == null ? null : locations.map(LocationLimit::to);
  }
}
