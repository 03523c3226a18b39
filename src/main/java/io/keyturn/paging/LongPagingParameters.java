package io.keyturn.paging;

import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The query parameters of a list that forms offer as a whole: without {@code limit}, a page has so
 * many rows that nearly every list fits on it. A {@code @BeanParam}.
 */
public class LongPagingParameters {
  /** The rows of a page without {@code limit}. */
  public static final int DEFAULT_LIMIT = 1000;

  @QueryParam("limit")
  @Parameter(
      description =
          "The largest number of rows on a page. Absent: 1000, so that most lists are on one page.",
      schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200"))
  private @Nullable String limit;

  @QueryParam("cursor")
  @Parameter(
      description = "The `next_cursor` of the previous page.",
      schema = @Schema(type = SchemaType.STRING))
  private @Nullable String cursor;

  @QueryParam("count")
  @Parameter(
      description = "`true` adds `page.total`, the length of the whole list.",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  private @Nullable String count;

  /** Without any parameter. */
  public LongPagingParameters() {}

  /**
   * Parses the parameters.
   *
   * @param list the name of the list, which its cursors have
   * @throws io.keyturn.problem.ProblemException 422 that names the wrong parameter
   */
  public Paging of(String list) {
    Paging paging = new PagingParameters(limit, cursor, count).of(list);
    return limit == null ? new Paging(DEFAULT_LIMIT, paging.after(), paging.counted()) : paging;
  }
}
