package io.keyturn.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The requested part of a list.
 *
 * @param limit the most rows of a page
 * @param after the place after which the page begins; null for the first page
 * @param counted whether the client also asks for the length of the whole list
 */
public record Paging(int limit, @Nullable Cursor after, boolean counted) {

  /** How many rows to read: one more than the limit, which tells whether there are more rows. */
  public int fetch() {
    return limit + 1;
  }

  /** The rows that are shown. */
  public <T> List<T> cut(List<T> read) {
    return read.subList(0, Math.min(limit, read.size()));
  }

  /**
   * The description of the page.
   *
   * @param read up to {@link #fetch()} rows
   * @param place the cursor after a row
   * @param total the length of the whole list; null when it was not counted
   */
  public <T> Page page(List<T> read, Function<T, Cursor> place, @Nullable Long total) {
    boolean more = read.size() > limit;
    String next = more ? place.apply(read.get(limit - 1)).encode() : null;
    return new Page(limit, more, next, total);
  }
}
