package io.keyturn.event;

import io.keyturn.event.EventFeed.Part;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The answer of the feed. */
@Schema(name = "EventList")
public record EventList(List<EventView> data, EventPage page) {

  /** Which part of the feed the answer has. */
  @Schema(name = "EventPage", description = "Which part of the feed the answer has.")
  public record EventPage(
      @Schema(description = "The largest number of events of an answer.") int limit,
      @Schema(name = "has_more", description = "Whether there are events after these.")
          boolean hasMore,
      @Schema(
              name = "next_after",
              description =
                  "Send it as `after` the next time, also when this answer has no events.")
          String nextAfter) {}

  static EventList of(Part<EventView> part, int limit) {
    return new EventList(
        part.events(), new EventPage(limit, part.hasMore(), part.next().toString()));
  }
}
