package io.keyturn.apikey.rest;

import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.database.StorableTime;
import io.keyturn.json.RecordReader;
import io.keyturn.problem.ProblemException;
import io.keyturn.usage.Clients;
import io.keyturn.usage.UsageHours;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** How a key is used. */
@Path("api-keys")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
public class UsageResource {
  /** A window without a beginning or end reaches beyond the time that is given. */
  private static final Instant FIRST = Instant.EPOCH.plus(Duration.ofDays(31));

  private static final Instant LAST = StorableTime.LAST.minus(Duration.ofDays(365));

  @Inject private KeyRequest request;
  @Inject private ApiKeys keys;
  @Inject private Clients clients;
  @Inject private UsageHours hours;

  @GET
  @Path("{id}/usage")
  @RequiresScope(Scope.API_KEYS_READ)
  @Operation(
      operationId = "getApiKeyUsage",
      summary = "Get the Usage of an API Key",
      description =
          "The requests by hour, and the clients that sent them, a few seconds late."
              + " Hours are remembered for 30 days.")
  @Parameter(name = "id", description = KeyRequest.ID)
  @APIResponse(
      responseCode = "200",
      description = "The requests by hour, and the clients that sent them.")
  @APIResponse(
      responseCode = "401",
      description = "The secret is not accepted; the problem says why.")
  @APIResponse(
      responseCode = "403",
      description = "The calling key lacks a scope; the problem names it.")
  @APIResponse(responseCode = "404", description = KeyRequest.GONE)
  @APIResponse(
      responseCode = "422",
      description = "A parameter is unknown or wrong; the problem names it.")
  public UsageView usage(
      @PathParam("id") String id,
      @QueryParam("from")
          @Parameter(
              description = "RFC 3339. Default: a day before `to`.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @Nullable String from,
      @QueryParam("to")
          @Parameter(
              description = "RFC 3339. Default: now.",
              schema = @Schema(type = SchemaType.STRING, format = "date-time"))
          @Nullable String to) {
    UsageHours.Window window = hours.window(time("from", from), time("to", to));
    ApiKeyRow key = keys.get(request.organisation(), KeyRequest.key(id));
    return UsageView.of(
        key,
        window,
        hours.of(request.organisation(), key.id(), window),
        clients.all(request.organisation(), key.id()));
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant time = Instant.parse(text);
      if (time.isAfter(FIRST) && !time.isAfter(LAST)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw ProblemException.invalid(name, RecordReader.TIME_EXPECTED);
    }
    throw ProblemException.invalid(name, "must be from 1970 to 9998");
  }
}
