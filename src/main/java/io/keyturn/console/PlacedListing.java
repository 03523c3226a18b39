package io.keyturn.console;

import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A long list as a page shows it, some entries at a time, the newest first. The place in the list
 * stands in the address, so that each page takes the same time to read.
 *
 * @param <E> the entries of the list
 * @param <R> what the page shows of an entry
 */
public class PlacedListing<E, R> {
  private final String path;
  private final String list;
  private final Function<E, Cursor> placeOf;
  private final Supplier<Map<String, @Nullable String>> parameters;
  private @Nullable String older;
  private @Nullable String newer;
  private List<R> rows = List.of();
  private String before = "";
  private String after = "";
  private boolean first = true;
  private boolean last = true;

  /**
   * @param path the path of the page
   * @param list the list and its order, as a cursor names it
   * @param placeOf the cursor of an entry
   * @param parameters what else the addresses of the page have
   */
  public PlacedListing(
      String path,
      String list,
      Function<E, Cursor> placeOf,
      Supplier<Map<String, @Nullable String>> parameters) {
    this.path = path;
    this.list = list;
    this.placeOf = placeOf;
    this.parameters = parameters;
  }

  /**
   * Reads a part of the list.
   *
   * @param <E> the entries
   */
  public interface Source<E> {
    /** A page, the newest first. */
    ListView<E> page(Paging paging);

    /** The page before a place; empty where no more than a page comes before it. */
    Optional<List<E>> pageBefore(Cursor place, int limit);
  }

  /**
   * Reads the entries at the place that the address names.
   *
   * @param shown what the page shows of the entries
   * @throws ProblemException 422 for a place that is none
   */
  public void read(Source<E> source, Function<List<E>, List<R>> shown) {
    Optional<List<E>> earlierPage =
        newer == null ? Optional.empty() : source.pageBefore(place(newer), Listing.ROWS);
    if (earlierPage.isPresent()) {
      show(earlierPage.get(), shown, false, false);
      return;
    }
    Cursor from = older == null ? null : place(older);
    ListView<E> page = source.page(new Paging(Listing.ROWS, from, false));
    show(page.data(), shown, from == null, !page.page().hasMore());
  }

  private Cursor place(String text) {
    return Cursor.decode(text, list);
  }

  private void show(
      List<E> entries, Function<List<E>, List<R>> shown, boolean isFirst, boolean isLast) {
    rows = shown.apply(entries);
    first = isFirst;
    last = isLast;
    if (!entries.isEmpty()) {
      before = placeOf.apply(entries.get(0)).encode();
      after = placeOf.apply(entries.get(entries.size() - 1)).encode();
    }
  }

  /** What the page shows. */
  public List<R> getRows() {
    return rows;
  }

  /** Whether there are newer entries than the shown entries. */
  public boolean isPrevious() {
    return !first && !rows.isEmpty();
  }

  /** Whether there are older entries than the shown entries. */
  public boolean isNext() {
    return !last && !rows.isEmpty();
  }

  public String getPreviousAddress() {
    return address("newer", before);
  }

  public String getNextAddress() {
    return address("older", after);
  }

  private String address(String direction, String place) {
    Map<String, @Nullable String> all = new LinkedHashMap<>(parameters.get());
    all.put(direction, place);
    return Listing.address(path, all);
  }

  /** The place behind which the shown entries come. */
  public @Nullable String getOlder() {
    return older;
  }

  public void setOlder(@Nullable String older) {
    this.older = given(older);
  }

  /** The place before which the shown entries come. */
  public @Nullable String getNewer() {
    return newer;
  }

  public void setNewer(@Nullable String newer) {
    this.newer = given(newer);
  }

  private static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
