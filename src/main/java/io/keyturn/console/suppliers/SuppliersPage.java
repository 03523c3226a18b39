package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.console.CursorListing;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierField;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.SupplierStatus;
import io.keyturn.supplier.Suppliers;
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
  private static final String PATH = "/suppliers";
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

  /** The filters that always stand above the list. */
  private static final List<String> FIRST = List.of("q", "status", "location", "country", "sort");

  private static final List<Filter> FURTHER =
      List.of(
          new Filter("department", "Department", ""),
          new Filter("category", "Category", "the beginning of a code, such as 6010"),
          new Filter("industry", "Industry", ""),
          new Filter("currency", "Currency", "such as EUR"),
          new Filter("tag", "Tag", ""),
          new Filter("onboarding_status", "Onboarding", "such as in_progress"),
          new Filter("preferred", "Preferred", "true or false"),
          new Filter("on_hold", "On hold", "true or false"),
          new Filter("external_id", "External ID", ""),
          new Filter("identifier", "Identifier", "such as vat:DE136695976"),
          new Filter("owner", "Owner", "the id of a user"),
          new Filter("created_since", "Created since", "such as 2026-01-31T12:00:00Z"),
          new Filter("updated_since", "Changed since", "such as 2026-01-31T12:00:00Z"));

  @Inject private Suppliers suppliers;
  @Inject private CurrentUser current;
  @Inject private FacesContext faces;

  private final CursorListing<Map<String, @Nullable Object>> list = new CursorListing<>(PATH);

  /**
   * A filter of the list.
   *
   * @param name as the API has it
   * @param hint what is entered; empty where the label says it
   */
  public record Filter(String name, String label, String hint) {}

  /** Reads the suppliers that the address names. */
  public void load() {
    current.require(Scope.SUPPLIERS_READ);
    Map<String, String> sent = faces.getExternalContext().getRequestParameterMap();
    FIRST.forEach(name -> list.getChosen().put(name, sent.get(name)));
    FURTHER.forEach(filter -> list.getChosen().put(filter.name(), sent.get(filter.name())));
    try {
      SupplierFilter filter = filter(list.parameters());
      list.show(
          suppliers
              .list(
                  Reach.all(current.organisation().id()),
                  filter,
                  SHOWN,
                  list.paging(filter.sort().list()))
              .map(supplier -> SupplierField.row(supplier, SHOWN)));
    } catch (ProblemException e) {
      e.errors()
          .forEach(error -> Messages.failure(faces, error.field() + ": " + error.message() + "."));
      if (e.errors().isEmpty()) {
        Messages.failure(faces, e.detail());
      }
    }
  }

  /**
   * The suppliers that an address of the page shows.
   *
   * @param parameters of the address
   */
  static SupplierFilter filter(Map<String, String> parameters) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.putIfAbsent("status", NOT_ARCHIVED);
    return new SupplierParameters(all).filter();
  }

  /** The part of the list that the page shows. */
  public CursorListing<Map<String, @Nullable Object>> getList() {
    return list;
  }

  /** The values of the fields, by the names that they have in the API. */
  public Map<String, @Nullable String> getChosen() {
    return list.getChosen();
  }

  /** The filters that are folded. */
  public List<Filter> getFurther() {
    return FURTHER;
  }

  /** Whether one of the folded filters is in use. */
  public boolean isUnfolded() {
    return FURTHER.stream().anyMatch(filter -> list.given(filter.name(), null) != null);
  }

  /** The statuses to choose from. */
  public List<String> getStatuses() {
    return Arrays.stream(SupplierStatus.values()).map(SupplierStatus::code).toList();
  }

  /** Whether the person may create, change and import suppliers. */
  public boolean isWrite() {
    return current.may(Scope.SUPPLIERS_WRITE);
  }

  /** The address of a file with all suppliers that the list has on all its pages. */
  public String exportAddress(String format) {
    Map<String, String> parameters = list.parameters();
    parameters.put("format", format);
    return Listing.address(SupplierFilesServlet.EXPORT, parameters);
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
    return String.valueOf(list.given("sort", "name"));
  }

  /** The address of the list in an order; reversed if it is in this order already. */
  public String sortAddress(String order) {
    return list.address("sort", sort().equals(order) ? "-" + order : order);
  }
}
