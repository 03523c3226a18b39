package io.keyturn.paging;

import java.util.List;
import java.util.function.Function;

/** The answer of a list: the rows of one page, and the page's description. */
public record ListView<T>(List<T> data, Page page) {

  /**
   * A page of a list that is in memory.
   *
   * @param place the cursor after a row
   * @throws io.keyturn.problem.ProblemException 422 for a cursor after no row of the list
   */
  public static <T> ListView<T> of(List<T> all, Paging paging, Function<T, Cursor> place) {
    Cursor after = paging.after();
    int from = after == null ? 0 : all.stream().map(place).toList().indexOf(after) + 1;
    if (after != null && from == 0) {
      throw Cursor.invalid();
    }
    List<T> read = all.subList(from, Math.min(all.size(), from + paging.fetch()));
    return new ListView<>(
        paging.cut(read), paging.page(read, place, paging.counted() ? (long) all.size() : null));
  }

  /** The same page with rows of another form. */
  public <R> ListView<R> map(Function<T, R> form) {
    return new ListView<>(data.stream().map(form).toList(), page);
  }
}
