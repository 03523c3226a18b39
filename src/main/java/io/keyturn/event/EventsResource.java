package io.keyturn.event;

import io.keyturn.access.Caller;
import io.keyturn.access.CurrentCaller;
import io.keyturn.access.RequiresScope;
import io.keyturn.access.Scope;
import io.keyturn.paging.PagingParameters;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Reads the feed of changes. */
@Path("events")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Events", description = "Follow what changes in the organisation")
public class EventsResource {
  @Inject private CurrentCaller current;
  @Inject private EventFeed feed;

  @GET
  @RequiresScope(Scope.EVENTS_READ)
  @Operation(
      operationId = "listEvents",
      summary = "Get List of Events",
      description =
          "The changes of the last 30 days, in the order in which they took effect; none is"
              + " skipped. The key is told of the changes of objects that it may read:"
              + " `supplier.…` needs the scope suppliers:read, `api_key.…`"
              + " api-keys:read, `webhook.…` webhooks:read. A key that is limited to locations is"
              + " told of suppliers that were at one of them before or after the change. Send"
              + " `page.next_after` of an answer as `after` of the next request.")
  @APIResponse(responseCode = "200", description = "The events after `after`, the oldest first.")
  @APIResponse(
      responseCode = "401",
      description = "The secret is not accepted; the problem says why.")
  @APIResponse(responseCode = "403", description = "The API key lacks the scope events:read.")
  @APIResponse(
      responseCode = "422",
      description =
          "A parameter is unknown or has a wrong value, or events after `after` are no longer"
              + " kept; the problem names the parameter.")
  public EventList list(
      @QueryParam("after")
          @Parameter(
              description =
                  "The id of an event, or `latest`. Absent: begin with the oldest event that is"
                      + " kept.",
              schema = @Schema(type = SchemaType.STRING))
          @Nullable String after,
      @QueryParam("type")
          @Parameter(
              description = "Which events: types, separated by commas. Absent: all.",
              schema = @Schema(type = SchemaType.STRING, examples = "api_key.refreshed"))
          @Nullable String type,
      @QueryParam("limit")
          @Parameter(
              description = "The largest number of events of an answer.",
              schema =
                  @Schema(
                      type = SchemaType.INTEGER,
                      minimum = "1",
                      maximum = "200",
                      defaultValue = "25"))
          @Nullable String limit) {
    Caller caller = current.get();
    Set<EventType> types = EventType.within(caller.reach().locations().reading(caller.scopes()));
    types.retainAll(wanted(type));
    int most = PagingParameters.limit(limit);
    return EventList.of(feed.after(caller.reach(), types, after, most), most);
  }

  /** The types that a list names; all where there is no list. */
  static Set<EventType> wanted(@Nullable String list) {
    if (list == null) {
      return EventType.OF_FEED;
    }
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (String code : list.split(",", -1)) {
      types.add(
          EventType.of(code)
              .filter(EventType.OF_FEED::contains)
              .orElseThrow(
                  () ->
                      ProblemException.invalid(
                          "type", "must be types of events of the feed, separated by commas")));
    }
    return types;
  }
}
