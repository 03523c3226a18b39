package io.keyturn.console;

import io.keyturn.paging.Search;
import io.keyturn.paging.Slice;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list as a page shows it: some rows at a time, only the rows that match a search and filters,
 * and in an order. All of it stands in the address, so that a link and the browser's <b>Back</b>
 * keep it.
 */
public class Listing<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How many rows a page shows at once. */
  public static final int ROWS = 25;

  private final String path;
  private final Map<String, String> fixed = new LinkedHashMap<>();
  private final Reading<Slice<T>> reading = new Reading<>();
  private final Map<String, @Nullable String> chosen = new LinkedHashMap<>();
  private String search = "";
  private String sort = "";
  private String page = "";
  private transient @Nullable Slice<T> slice;

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
   * A filter that a person switches on and off.
   *
   * @param name its parameter in the address
   * @param value the value of the parameter while it is on; filters of one name exclude each other
   * @param label what people read
   */
  public record Filter(String name, String value, String label) {}

  /**
   * @param path the path of the page
   */
  public Listing(String path) {
    this.path = path;
  }

  /** Sets a parameter that all addresses of the list have, such as the id of what it belongs to. */
  public void belongsTo(String name, String value) {
    fixed.put(name, value);
  }

  /** The names by which the list can be sorted. */
  protected Set<String> sorts() {
    return Set.of();
  }

  /** The filters that a person can switch on. */
  public List<Filter> getFilters() {
    return List.of();
  }

  /**
   * The rows to show. They are read once, and again after an action. A page number behind the last
   * page shows the last page.
   */
  public List<T> rows(Source<T> source) {
    Slice<T> read = reading.get(() -> read(source));
    slice = read;
    return read.rows();
  }

  private Slice<T> read(Source<T> source) {
    Search wanted = Search.of(search);
    Slice<T> read = source.read(wanted, (number() - 1) * ROWS, ROWS);
    if (read.rows().isEmpty() && read.total() > 0) {
      page = Long.toString((read.total() - 1) / ROWS + 1);
      read = source.read(wanted, (number() - 1) * ROWS, ROWS);
    }
    return read;
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
    return address(with("page", Integer.toString(number() - 1)));
  }

  public String getNextAddress() {
    return address(with("page", Integer.toString(number() + 1)));
  }

  /** The part of the address that chooses the rows, without the page number. */
  private Map<String, String> choice() {
    Map<String, String> choice = new LinkedHashMap<>(fixed);
    if (isSearching()) {
      choice.put("search", search.strip());
    }
    getFilters().stream().filter(this::on).forEach(f -> choice.put(f.name(), f.value()));
    if (!order().isEmpty()) {
      choice.put("sort", sort);
    }
    return choice;
  }

  private Map<String, String> with(String name, String value) {
    Map<String, String> choice = choice();
    choice.put(name, value);
    return choice;
  }

  private String address(Map<String, String> parameters) {
    return address(path, parameters);
  }

  /**
   * An address.
   *
   * @param parameters by their names; null values are left out
   */
  public static String address(String path, Map<String, ? extends @Nullable String> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(p -> p.getValue() != null)
            .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? path : path + "?" + query;
  }

  /** The name by which the list is sorted; empty for the list's own order. */
  public String order() {
    String name = sort.startsWith("-") ? sort.substring(1) : sort;
    return sorts().contains(name) ? name : "";
  }

  /** Whether the list is sorted from the end. */
  public boolean descending() {
    return !order().isEmpty() && sort.startsWith("-");
  }

  /**
   * The address of the list sorted by a name; from the end if it is sorted by this name already.
   */
  public String sortAddress(String name) {
    return address(with("sort", sort.equals(name) ? "-" + name : name));
  }

  /** The value of {@code aria-sort} for the column of a name. */
  public String ariaSort(String name) {
    if (!order().equals(name)) {
      return "none";
    }
    return descending() ? "descending" : "ascending";
  }

  /** Whether a filter is on. */
  public boolean on(Filter filter) {
    return filter.value().equals(chosen.get(filter.name()));
  }

  /** Whether the filter with this name and value is on. */
  public boolean on(String name, String value) {
    return getFilters().stream()
        .anyMatch(f -> f.name().equals(name) && f.value().equals(value) && on(f));
  }

  /** The address of the list with a filter switched on or, where it is on, off. */
  public String filterAddress(Filter filter) {
    Map<String, String> choice = choice();
    if (on(filter)) {
      choice.remove(filter.name());
    } else {
      choice.put(filter.name(), filter.value());
    }
    return address(choice);
  }

  /** What a search keeps of the address: filters and order. */
  public List<Map.Entry<String, String>> getKept() {
    Map<String, String> kept = choice();
    kept.remove("search");
    return new ArrayList<>(kept.entrySet());
  }

  /** The address without the search, with filters and order. */
  public String getClearAddress() {
    Map<String, String> kept = choice();
    kept.remove("search");
    return address(kept);
  }

  /** The values of the filters in the address, by name. */
  public Map<String, @Nullable String> getChosen() {
    return chosen;
  }

  /** Whether a search or a filter leaves rows out. */
  public boolean isNarrowed() {
    return isSearching() || getFilters().stream().anyMatch(this::on);
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

  public String getSort() {
    return sort;
  }

  public void setSort(@Nullable String sort) {
    this.sort = sort == null ? "" : sort;
  }

  public String getPage() {
    return page;
  }

  public void setPage(@Nullable String page) {
    this.page = page == null ? "" : page;
  }
}
