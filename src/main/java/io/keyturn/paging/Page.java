package io.keyturn.paging;

import jakarta.json.bind.annotation.JsonbNillable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The description of one page of a list.
 *
 * @param nextCursor the {@code cursor} of the next page; null on the last page
 * @param total the length of the whole list; absent unless {@code count=true} was sent
 */
@Schema(
    requiredProperties = {"limit", "has_more", "next_cursor"},
    description = "Which part of the list the answer has.")
public record Page(
    @Schema(description = "The largest number of rows on a page.") int limit,
    @Schema(name = "has_more", description = "Whether there are rows after this page.")
        boolean hasMore,
    @Schema(
            name = "next_cursor",
            nullable = true,
            description = "Send it as `cursor` to get the next page. Null on the last page.")
        @Nullable String nextCursor,
    @JsonbNillable(false)
        @Schema(description = "The length of the whole list. Only with `count=true`.")
        @Nullable Long total) {}
