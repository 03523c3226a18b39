package io.keyturn.paging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for.
 *
 * @param limit the most rows of a page
 * @param after the place behind which the page begins; null for the first page
 * @param counted whether the length of the whole list is asked for too
 */
public record Paging(int limit, @Nullable Cursor after, boolean counted) {

  /** How many rows to read: one more than are shown, which tells whether there are more. */
  public int fetch() {
    return limit + 1;
  }

  /** The rows to show of those that were read. */
  public <T> List<T> cut(List<T> read) {
    return read.subList(0, Math.min(limit, read.size()));
  }

  /**
   * What is said of the page.
   *
   * @param read up to {@link #fetch()} rows
   * @param place the cursor behind a row
   * @param total the length of the whole list, if it was counted
   */
  public <T> Page page(List<T> read, Function<T, Cursor> place, @Nullable Long total) {
    boolean more = read.size() > limit;
    String next = more ? place.apply(read.get(limit - 1)).encode() : null;
    return new Page(limit, more, next, total);
  }
}
