package io.keyturn.apikey.rest;

import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.usage.ClientSighting;
import io.keyturn.usage.UsageHour;
import io.keyturn.usage.UsageHours;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How often a key is used, and by which clients. */
@Schema(
    name = "Usage",
    description = "How often a key is used and by which clients, a few seconds late.")
public record UsageView(
    @Schema(name = "api_key_id") UUID apiKeyId,
    @Schema(name = "secret_number", description = "The number of the current secret.")
        int secretNumber,
    @Schema(name = "last_used_at", nullable = true) @Nullable Instant lastUsedAt,
    @Schema(description = "The beginning of the first hour.") Instant from,
    @Schema(description = "The end of the last hour.") Instant to,
    @Schema(description = "The hours in which there were requests, the earliest first.")
        List<HourView> hours,
    @Schema(description = "At most 200 clients, the clients of the newest secret first.")
        List<ClientView> clients) {

  /** The answers to the requests of an hour, counted by status. */
  @Schema(name = "UsageHour")
  public record HourView(
      @Schema(description = "The beginning of the hour.") Instant hour,
      @Schema(name = "status_2xx", description = "Answers with a status from 200 to 299.")
          @JsonbProperty("status_2xx")
          long of2xx,
      @Schema(name = "status_3xx") @JsonbProperty("status_3xx") long of3xx,
      @Schema(
              name = "status_4xx",
              description = "Answers with a status from 400 to 499, such as 401, 403 and 429.")
          @JsonbProperty("status_4xx")
          long of4xx,
      @Schema(name = "status_5xx") @JsonbProperty("status_5xx") long of5xx) {

    static HourView of(UsageHour hour) {
      return new HourView(hour.at(), hour.of2xx(), hour.of3xx(), hour.of4xx(), hour.of5xx());
    }
  }

  /** A client of one secret. */
  @Schema(name = "KeyClient")
  public record ClientView(
      @Schema(name = "secret_number") int secretNumber,
      @Schema(
              nullable = true,
              description =
                  "Null in the row that counts all clients of a secret beyond its first 50.")
          @Nullable String address,
      @Schema(name = "user_agent", nullable = true, description = "At most 200 characters.")
          @Nullable String userAgent,
      @Schema(name = "first_seen_at") Instant firstSeenAt,
      @Schema(name = "last_accepted_at", nullable = true) @Nullable Instant lastAcceptedAt,
      @Schema(
              name = "last_refused_at",
              nullable = true,
              description = "When such a request was last refused.")
          @Nullable Instant lastRefusedAt,
      @Schema(description = "Requests that were accepted.") long accepted,
      @Schema(
              description =
                  "Requests that were refused: the secret had ended, or the network was not the key's.")
          long refused) {

    static ClientView of(ClientSighting client) {
      return new ClientView(
          client.number(),
          client.others() ? null : client.address(),
          client.userAgent().isEmpty() ? null : client.userAgent(),
          client.firstSeenAt(),
          client.lastAcceptedAt(),
          client.lastRefusedAt(),
          client.accepted(),
          client.refused());
    }
  }

  static UsageView of(
      ApiKeyRow key,
      UsageHours.Window window,
      List<UsageHour> hours,
      List<ClientSighting> clients) {
    return new UsageView(
        key.id().value(),
        key.number(),
        key.lastUsedAt(),
        window.from(),
        window.to(),
        hours.stream().map(HourView::of).toList(),
        clients.stream().map(ClientView::of).toList());
  }
}
