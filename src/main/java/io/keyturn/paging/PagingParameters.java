package io.keyturn.paging;

import io.keyturn.problem.ProblemException;
import jakarta.ws.rs.QueryParam;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters of every list. A {@code @BeanParam}. */
public class PagingParameters {
  static final int DEFAULT_LIMIT = 25;
  static final int MAX_LIMIT = 200;

  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

  @QueryParam("limit")
  @Parameter(
      description = "The largest number of rows on a page.",
      schema =
          @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "25"))
  private @Nullable String limit;

  @QueryParam("cursor")
  @Parameter(
      description = "The `next_cursor` of the previous page. Valid for the same `sort` only.",
      schema = @Schema(type = SchemaType.STRING))
  private @Nullable String cursor;

  @QueryParam("count")
  @Parameter(
      description = "`true` adds `page.total`, the length of the whole list.",
      schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
  private @Nullable String count;

  /** Without any parameter. */
  public PagingParameters() {}

  PagingParameters(@Nullable String limit, @Nullable String cursor, @Nullable String count) {
    this.limit = limit;
    this.cursor = cursor;
    this.count = count;
  }

  /**
   * Parses the parameters.
   *
   * @param list the list and its order, such as {@code suppliers/-name}
   * @throws ProblemException 422 that names the wrong parameter
   */
  public Paging of(String list) {
    return new Paging(
        limit(limit),
        cursor == null ? null : Cursor.decode(cursor, list),
        count != null && flag("count", count));
  }

  /**
   * The largest number of rows of an answer.
   *
   * @param text the parameter {@code limit}; null where it is absent
   * @throws ProblemException 422
   */
  public static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    if (!LIMIT.matcher(text).matches() || Integer.parseInt(text) > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "must be a whole number from 1 to " + MAX_LIMIT);
    }
    return Integer.parseInt(text);
  }

  /**
   * A parameter that is true or false.
   *
   * @throws ProblemException 422 naming it
   */
  public static boolean flag(String field, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw ProblemException.invalid(field, "must be true or false");
    };
  }
}
