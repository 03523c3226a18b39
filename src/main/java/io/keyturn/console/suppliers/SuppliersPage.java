package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.console.CursorListing;
import io.keyturn.console.Listing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageTexts;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.EntryView;
import io.keyturn.supplier.OnboardingStatus;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
          new Filter("onboarding_status", "Onboarding", ""),
          new Filter("preferred", "Preferred", ""),
          new Filter("on_hold", "On hold", ""),
          new Filter("external_id", "External ID", ""),
          new Filter("identifier", "Identifier", "such as vat:DE136695976"),
          new Filter("owner", "Owner", "the id of a user"),
          new Filter("created_since", "Created since (UTC)", ""),
          new Filter("updated_since", "Changed since (UTC)", ""));

  /** The filters by a time. The page takes a day, which begins at midnight in UTC. */
  private static final Set<String> TIMES = Set.of("created_since", "updated_since");

  private static final int DAY_LENGTH = 10;
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  @Inject private Suppliers suppliers;
  @Inject private CurrentUser current;
  @Inject private FacesContext faces;
  @Inject private SupplierChoices supplierChoices;
  @Inject private PageTexts texts;

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
    TIMES.forEach(
        name ->
            all.computeIfPresent(
                name, (n, text) -> DAY.matcher(text).matches() ? text + "T00:00:00Z" : text));
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

  /** Whether a filter takes a day. */
  public boolean day(Filter filter) {
    return TIMES.contains(filter.name());
  }

  /** The chosen day of a filter by a time. */
  public String chosenDay(Filter filter) {
    String text = String.valueOf(list.given(filter.name(), ""));
    return text.length() > DAY_LENGTH ? text.substring(0, DAY_LENGTH) : text;
  }

  /** What there is to choose from for a filter, by the values of the API; empty for a free text. */
  public Map<String, String> choices(Filter filter) {
    Map<String, String> choices = new LinkedHashMap<>();
    switch (filter.name()) {
      case "onboarding_status" ->
          words(choices, Arrays.stream(OnboardingStatus.values()).map(OnboardingStatus::code));
      case "preferred", "on_hold" -> words(choices, Stream.of("true", "false"));
      case "owner" -> {
        List<EntryView> owners = supplierChoices.getOwners();
        if (owners.size() <= SupplierChoices.MOST) {
          owners.forEach(owner -> choices.put(owner.id(), owner.name()));
        }
      }
      default -> {
        // A free text.
      }
    }
    return choices;
  }

  private void words(Map<String, String> choices, Stream<String> values) {
    values.forEach(value -> choices.put(value, texts.word(value)));
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
