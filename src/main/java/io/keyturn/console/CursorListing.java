package io.keyturn.console;

import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A long list as a page shows it: some rows at a time, and from there to the next rows. What
 * chooses the rows stands in the address, by the names that it has in the API, so that a link can
 * be shared.
 *
 * @param <T> a row
 */
public class CursorListing<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final LinkedHashMap<String, @Nullable String> chosen = new LinkedHashMap<>();
  private @Nullable String cursor;
  private @Nullable String next;
  private transient @Nullable List<T> rows;

  /**
   * @param path the path of the page
   */
  public CursorListing(String path) {
    this.path = path;
  }

  /**
   * Which rows to read.
   *
   * @param list the list and its order, as a cursor names it
   * @throws io.keyturn.problem.ProblemException 422 for a place that is none of this list
   */
  public Paging paging(String list) {
    String place = given(cursor);
    return new Paging(Listing.ROWS, place == null ? null : Cursor.decode(place, list), false);
  }

  /** Takes the rows that were read. */
  public void show(ListView<T> page) {
    rows = page.data();
    next = page.page().nextCursor();
  }

  /** What the address chooses, without the place. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    chosen.forEach(
        (name, value) -> {
          String text = given(value);
          if (text != null) {
            parameters.put(name, text);
          }
        });
    return parameters;
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  /** The value of a parameter; null when the address does not have it. */
  public @Nullable String given(String name, @Nullable String otherwise) {
    String text = given(chosen.get(name));
    return text == null ? otherwise : text;
  }

  /** The address with another value of a parameter, from the first page on. */
  public String address(String name, String value) {
    Map<String, String> parameters = parameters();
    parameters.put(name, value);
    return Listing.address(path, parameters);
  }

  /** Whether there are rows before these. */
  public boolean isBehind() {
    return given(cursor) != null;
  }

  public String getFirstAddress() {
    return Listing.address(path, parameters());
  }

  /** The address of the next rows; null where there are none. */
  public @Nullable String getNextAddress() {
    return next == null ? null : address("cursor", next);
  }

  /** The rows that were read for this request. */
  public List<T> getRows() {
    return rows == null ? List.of() : rows;
  }

  /** The values that the address chooses, by the names of the parameters. */
  public Map<String, @Nullable String> getChosen() {
    return chosen;
  }

  public @Nullable String getCursor() {
    return cursor;
  }

  public void setCursor(@Nullable String cursor) {
    this.cursor = cursor;
  }
}
