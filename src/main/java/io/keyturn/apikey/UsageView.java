package io.keyturn.apikey;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Who uses a key. */
@Schema(name = "Usage", description = "Who calls with a key's secrets, some seconds late.")
public record UsageView(
    @Schema(name = "api_key_id") UUID apiKeyId,
    @Schema(name = "secret_number", description = "The number of the current secret.")
        int secretNumber,
    @Schema(name = "last_used_at", nullable = true) @Nullable Instant lastUsedAt,
    @Schema(description = "The newest secret's first, 200 at most.") List<CallerView> callers) {

  /** A caller of one secret. */
  @Schema(name = "KeyCaller")
  public record CallerView(
      @Schema(name = "secret_number") int secretNumber,
      @Schema(
              nullable = true,
              description = "Null where this counts all callers beyond the 50 of a secret.")
          @Nullable String address,
      @Schema(name = "user_agent", nullable = true, description = "200 characters at most.")
          @Nullable String userAgent,
      @Schema(name = "first_seen_at") Instant firstSeenAt,
      @Schema(name = "last_accepted_at", nullable = true) @Nullable Instant lastAcceptedAt,
      @Schema(
              name = "last_refused_at",
              nullable = true,
              description = "When it last came with this secret after that had ended.")
          @Nullable Instant lastRefusedAt,
      @Schema(description = "Requests that were accepted.") long accepted,
      @Schema(description = "Requests that were refused, for the secret had ended.") long refused) {

    static CallerView of(SeenCaller caller) {
      return new CallerView(
          caller.number(),
          caller.others() ? null : caller.address(),
          caller.userAgent().isEmpty() ? null : caller.userAgent(),
          caller.firstSeenAt(),
          caller.lastAcceptedAt(),
          caller.lastRefusedAt(),
          caller.accepted(),
          caller.refused());
    }
  }

  static UsageView of(ApiKeyRow key, List<SeenCaller> callers) {
    return new UsageView(
        key.id(), key.number(), key.lastUsedAt(), callers.stream().map(CallerView::of).toList());
  }
}
