package io.keyturn.paging;

import java.util.List;
import java.util.function.Function;

/** The answer of a list: the rows of one page, and the page's description. */
public record ListView<T>(List<T> data, Page page) {

  /** The same page with rows of another form. */
  public <R> ListView<R> map(Function<T, R> form) {
    return new ListView<>(data.stream().map(form).toList(), page);
  }
}
