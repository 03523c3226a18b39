package io.keyturn.console;

import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list as a page shows it: some rows at a time, and only the rows that match a search. The page
 * number and the search stand in the address, so that a link and the browser's <b>Back</b> keep
 * them.
 */
public class Listing<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many rows a page shows at once. */
  public static final int ROWS = 25;

  private final String path;
  private String search = "";
  private String page = "";
  private transient @Nullable Slice<T> slice;
  private transient boolean shown;

  /**
   * Reads a part of a list.
   *
   * @param <T> the rows
   */
  @FunctionalInterface
  public interface Source<T> {
    Slice<T> read(Search search, int first, int most);
  }

  /**
   * @param path the path of the page
   */
  public Listing(String path) {
    this.path = path;
  }

  /**
   * The rows to show. They are read once, and again after an action. A page number behind the last
   * page shows the last page.
   */
  public List<T> rows(Source<T> source) {
    boolean showing =
        FacesContext.getCurrentInstance().getCurrentPhaseId() == PhaseId.RENDER_RESPONSE;
    Slice<T> read = slice;
    if (read == null || showing && !shown) {
      shown = showing;
      Search wanted = Search.of(search);
      read = source.read(wanted, (number() - 1) * ROWS, ROWS);
      if (read.rows().isEmpty() && read.total() > 0) {
        page = Long.toString((read.total() - 1) / ROWS + 1);
        read = source.read(wanted, (number() - 1) * ROWS, ROWS);
      }
      slice = read;
    }
    return read.rows();
  }

  private int number() {
    return page.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(page) : 1;
  }

  /** Whether there is a search. */
  public boolean isSearching() {
    return !Search.of(search).all();
  }

  /** Whether there are more rows than a page shows. */
  public boolean isMany() {
    return slice != null && slice.total() > ROWS;
  }

  /** Which rows are shown: {@code 26–50 of 136}. */
  public String getPlace() {
    if (slice == null || slice.rows().isEmpty()) {
      return "none";
    }
    long first = (number() - 1L) * ROWS + 1;
    return first + "–" + (first + slice.rows().size() - 1) + " of " + slice.total();
  }

  /** Whether there are rows before the shown rows. */
  public boolean isPrevious() {
    return number() > 1;
  }

  /** Whether there are rows after the shown rows. */
  public boolean isNext() {
    return slice != null && (long) number() * ROWS < slice.total();
  }

  public String getPreviousAddress() {
    return address(number() - 1);
  }

  public String getNextAddress() {
    return address(number() + 1);
  }

  private String address(int other) {
    return path
        + "?page="
        + other
        + (isSearching() ? "&search=" + URLEncoder.encode(search, StandardCharsets.UTF_8) : "");
  }

  /** The address of the page, without search. */
  public String getPath() {
    return path;
  }

  public String getSearch() {
    return search;
  }

  public void setSearch(@Nullable String search) {
    this.search = search == null ? "" : search;
  }

  public String getPage() {
    return page;
  }

  public void setPage(@Nullable String page) {
    this.page = page == null ? "" : page;
  }
}
