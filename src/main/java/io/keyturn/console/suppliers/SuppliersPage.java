package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierField;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.SupplierStatus;
import io.keyturn.supplier.Suppliers;
import io.keyturn.supplier.UnitKind;
import io.keyturn.supplier.UnitView;
import io.keyturn.supplier.Units;
import io.keyturn.supplier.rest.SupplierParameters;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /suppliers}. Search, filters, order and place are in the address, by the names that they
 * have in the API, so that a link can be shared.
 */
@Named
@RequestScoped
public class SuppliersPage {
  static final String PATH = "/suppliers";

  /** As many locations as there are in the filter. */
  private static final int LOCATIONS = 100;

  private static final String NOT_ARCHIVED = "active,unapproved,rejected";
  private static final Set<SupplierField> SHOWN =
      EnumSet.of(
          SupplierField.ID,
          SupplierField.NAME,
          SupplierField.NUMBER,
          SupplierField.STATUS,
          SupplierField.HOLD,
          SupplierField.PREFERRED,
          SupplierField.COUNTRY,
          SupplierField.LOCATIONS,
          SupplierField.UPDATED_AT);

  @Inject private Suppliers suppliers;
  @Inject private Units units;
  @Inject private CurrentUser current;
  @Inject private FacesContext faces;

  private final Map<String, @Nullable String> chosen = new LinkedHashMap<>();
  private @Nullable String cursor;
  private @Nullable String next;
  private List<Map<String, @Nullable Object>> rows = List.of();

  /** Reads the suppliers that the address names. */
  public void load() {
    current.require(Scope.SUPPLIERS_READ);
    try {
      Map<String, String> parameters = parameters();
      parameters.putIfAbsent("status", NOT_ARCHIVED);
      SupplierFilter filter = new SupplierParameters(parameters).filter();
      String place = given(cursor);
      ListView<Map<String, @Nullable Object>> page =
          suppliers.list(
              Reach.all(current.organisation().id()),
              filter,
              SHOWN,
              new Paging(
                  Listing.ROWS,
                  place == null ? null : Cursor.decode(place, filter.sort().list()),
                  false));
      rows = page.data();
      next = page.page().nextCursor();
    } catch (ProblemException e) {
      e.errors()
          .forEach(error -> Messages.failure(faces, error.field() + ": " + error.message() + "."));
      if (e.errors().isEmpty()) {
        Messages.failure(faces, e.detail());
      }
    }
  }

  /** What the address chooses, without the place. */
  private Map<String, String> parameters() {
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

  public List<Map<String, @Nullable Object>> getRows() {
    return rows;
  }

  /** The values of the fields, by the names that they have in the API. */
  public Map<String, @Nullable String> getChosen() {
    return chosen;
  }

  /** The statuses to choose from. */
  public List<String> getStatuses() {
    return Arrays.stream(SupplierStatus.values()).map(SupplierStatus::code).toList();
  }

  /** The locations to choose from, by name. */
  public List<String> getLocations() {
    return units
        .list(
            Reach.all(current.organisation().id()),
            UnitKind.LOCATION,
            Search.of(""),
            new Paging(LOCATIONS, null, false))
        .data()
        .stream()
        .map(UnitView::name)
        .toList();
  }

  /** Whether the person may create and change suppliers. */
  public boolean isWrite() {
    return current.may(Scope.SUPPLIERS_WRITE);
  }

  /** The value of {@code aria-sort} for the column of an order. */
  public String ariaSort(String order) {
    String sort = sort();
    if (sort.equals(order)) {
      return "ascending";
    }
    return sort.equals("-" + order) ? "descending" : "none";
  }

  private String sort() {
    String sort = given(chosen.get("sort"));
    return sort == null ? "name" : sort;
  }

  /** The address of the list in an order; reversed if it is in this order already. */
  public String sortAddress(String order) {
    return address("sort", sort().equals(order) ? "-" + order : order);
  }

  /** Whether there are suppliers before these. */
  public boolean isBehind() {
    return given(cursor) != null;
  }

  public String getFirstAddress() {
    return address("sort", sort());
  }

  /** The address of the next page; null on the last page. */
  public @Nullable String getNextAddress() {
    return next == null ? null : address("cursor", next);
  }

  private String address(String name, String value) {
    Map<String, String> parameters = parameters();
    parameters.put(name, value);
    return Listing.address(PATH, parameters);
  }

  public @Nullable String getCursor() {
    return cursor;
  }

  public void setCursor(@Nullable String cursor) {
    this.cursor = cursor;
  }
}
