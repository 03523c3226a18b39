package io.keyturn.event;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.http.ClientAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The live stream of the feed, for programs that cannot be called. */
@Path("events/stream")
@ApplicationScoped
@Tag(name = "Events", description = "Follow what changes in the organisation")
public class EventStreamResource {
  @Inject private CurrentCaller current;
  @Inject private EventStreams streams;
  @Inject private EventFeed feed;
  @Inject private Clock clock;

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RequiresScope(Scope.EVENTS_READ)
  @Operation(
      operationId = "streamEvents",
      summary = "Follow Events Live",
      description =
          "Server-sent events: the events of the feed as they happen, each with its id as `id`, its"
              + " type as `event` and itself as `data`. A comment comes each 15 seconds. The stream"
              + " ends when the secret stops working or the key ends: connect again, with the new"
              + " secret. A key may have 5 streams, an organisation 50 on each node, and a node 1000 or as"
              + " many as its operator says.")
  @APIResponse(
      responseCode = "200",
      description = "The stream.",
      content =
          @Content(
              mediaType = MediaType.SERVER_SENT_EVENTS,
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      examples =
                          "id: evt_0b5a1d4c9c0e4b7f8d6e2a1b3c4d5e6f_123\n"
                              + "event: supplier.updated\n"
                              + "data: {\"id\":\"evt_0b5a1d4c9c0e4b7f8d6e2a1b3c4d5e6f_123\","
                              + "\"type\":\"supplier.updated\",…}\n\n")))
  @APIResponse(
      responseCode = "401",
      description = "The secret is not accepted; the problem says why.")
  @APIResponse(responseCode = "403", description = "The API key lacks the scope events:read.")
  @APIResponse(
      responseCode = "422",
      description = "A parameter is unknown or has a wrong value; the problem names it.")
  public void stream(
      @HeaderParam("Last-Event-ID")
          @Parameter(description = "The id of the last event that was received; wins over `after`.")
          @Nullable String last,
      @QueryParam("after")
          @Parameter(
              description = "The id of an event. Absent: `latest`.",
              schema = @Schema(type = SchemaType.STRING))
          @Nullable String after,
      @QueryParam("type")
          @Parameter(
              description = "Which events: types, separated by commas. Absent: all.",
              schema = @Schema(type = SchemaType.STRING, examples = "api_key.refreshed"))
          @Nullable String type,
      @Context SseEventSink sink,
      @Context Sse sse,
      @Context HttpServletRequest request,
      @Context HttpServletResponse response) {
    Caller caller = current.get();
    String place = last == null || last.isBlank() ? after : last.strip();
    // A proxy must not collect events until they fill its buffer.
    response.setHeader("X-Accel-Buffering", "no");
    streams.open(
        new EventStream(
            caller,
            ClientAddress.of(request),
            EventsResource.wanted(type),
            sink,
            sse,
            feed.place(caller.organisationId(), place == null ? EventFeed.LATEST : place),
            clock.instant()));
  }
}
