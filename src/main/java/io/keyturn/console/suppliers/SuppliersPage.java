package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.console.CursorListing;
import io.keyturn.console.FieldFaults;
import io.keyturn.console.Listing;
import io.keyturn.console.PageTexts;
import io.keyturn.console.ReaderZone;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.CommaList;
import io.keyturn.supplier.EntryView;
import io.keyturn.supplier.Hold;
import io.keyturn.supplier.OnboardingStatus;
import io.keyturn.supplier.SupplierField;
import io.keyturn.supplier.SupplierFilter;
import io.keyturn.supplier.SupplierStatus;
import io.keyturn.supplier.SupplierView;
import io.keyturn.supplier.Suppliers;
import io.keyturn.supplier.rest.SupplierParameters;
import io.keyturn.user.signin.CurrentUser;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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

  private static final List<String> YES_OR_NO = List.of("true", "false");

  private static final List<Filter> FURTHER =
      List.of(
          Filter.text("department", "Department", ""),
          Filter.text("category", "Category", "the beginning of a code, such as 6010"),
          Filter.text("industry", "Industry", ""),
          Filter.text("currency", "Currency", "such as EUR"),
          Filter.text("tag", "Tag", ""),
          Filter.words(
              "onboarding_status",
              "Onboarding",
              Arrays.stream(OnboardingStatus.values()).map(OnboardingStatus::code).toList()),
          Filter.words("preferred", "Preferred", YES_OR_NO),
          Filter.words("on_hold", "On hold", YES_OR_NO),
          Filter.text("external_id", "External ID", ""),
          Filter.text("identifier", "Identifier", "such as vat:DE136695976"),
          new Filter("owner", "Owner", "the id of a user", Filter.Kind.OWNER, List.of()),
          new Filter("created_since", "Created since", "", Filter.Kind.DAY, List.of()),
          new Filter("updated_since", "Changed since", "", Filter.Kind.DAY, List.of()));

  private static final Map<String, String> LABELS =
      Stream.concat(
              Stream.of(
                  Map.entry("q", "Search"),
                  Map.entry("status", "Status"),
                  Map.entry("location", "Location"),
                  Map.entry("country", "Country")),
              FURTHER.stream().map(filter -> Map.entry(filter.name(), filter.label())))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static final Map<String, String> OTHERS =
      Map.of("sort", "The order", "cursor", "The place in the list");

  private static final int DAY_LENGTH = 10;

  @Inject private Suppliers suppliers;
  @Inject private CurrentUser current;
  @Inject private FacesContext faces;
  @Inject private SupplierChoices supplierChoices;
  @Inject private PageTexts texts;
  @Inject private ReaderZone zone;
  @Inject private Clock clock;
  @Inject private FieldFaults faults;

  private final CursorListing<Map<String, @Nullable Object>> list = new CursorListing<>(PATH);

  private @Nullable List<ShownFilter> further;

  /**
   * A folded filter of the list.
   *
   * @param name as the API has it
   * @param hint what is entered; empty where the label says it
   * @param words to choose from, as the API has them
   */
  private record Filter(String name, String label, String hint, Kind kind, List<String> words) {
    /** What a filter takes. */
    enum Kind {
      TEXT,
      WORD,
      OWNER,
      /** A day, which begins at midnight in the reader's zone. The API takes a time. */
      DAY
    }

    static Filter text(String name, String label, String hint) {
      return new Filter(name, label, hint, Kind.TEXT, List.of());
    }

    static Filter words(String name, String label, List<String> words) {
      return new Filter(name, label, "", Kind.WORD, words);
    }
  }

  /**
   * A folded filter as the page shows it.
   *
   * @param value what is chosen; empty where nothing is
   * @param choices what there is to choose from, by the values of the API; empty for a free text
   */
  public record ShownFilter(
      String name,
      String label,
      String hint,
      String value,
      boolean day,
      Map<String, String> choices) {}

  /** Reads the suppliers that the address names. */
  public void load() {
    current.require(Scope.SUPPLIERS_READ);
    Map<String, String> sent = faces.getExternalContext().getRequestParameterMap();
    FIRST.forEach(name -> list.getChosen().put(name, sent.get(name)));
    FURTHER.forEach(filter -> list.getChosen().put(filter.name(), sent.get(filter.name())));
    try {
      SupplierFilter filter = filter(list.parameters(), zone.get());
      list.show(
          suppliers
              .list(
                  Reach.all(current.organisation().id()), filter, list.paging(filter.sort().list()))
              .map(supplier -> row(supplier.view())));
    } catch (ProblemException e) {
      faults.addFilters(e, LABELS, OTHERS);
    }
  }

  /** A supplier with what the list shows. A hold that has ended is none. */
  private Map<String, @Nullable Object> row(SupplierView supplier) {
    Map<String, @Nullable Object> row = SupplierField.row(supplier, SHOWN);
    Hold hold = supplier.hold();
    if (hold != null && !hold.counts(clock.instant())) {
      row.put(SupplierField.HOLD.code(), null);
    }
    return row;
  }

  /**
   * The suppliers that an address of the page shows.
   *
   * @param parameters of the address
   * @param zone in which days are days
   */
  static SupplierFilter filter(Map<String, String> parameters, ZoneId zone) {
    Map<String, String> all = new LinkedHashMap<>(parameters);
    all.putIfAbsent("status", NOT_ARCHIVED);
    FURTHER.stream()
        .filter(filter -> filter.kind() == Filter.Kind.DAY)
        .forEach(
            filter -> all.computeIfPresent(filter.name(), (name, text) -> midnight(text, zone)));
    return new SupplierParameters(all).filter();
  }

  /** The time at which a day begins; another text, such as a time, as it is. */
  private static String midnight(String text, ZoneId zone) {
    try {
      return LocalDate.parse(text).atStartOfDay(zone).toInstant().toString();
    } catch (DateTimeException e) {
      return text;
    }
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
  public List<ShownFilter> getFurther() {
    List<ShownFilter> shown = further;
    if (shown == null) {
      shown = FURTHER.stream().map(this::shown).toList();
      further = shown;
    }
    return shown;
  }

  private ShownFilter shown(Filter filter) {
    String value = String.valueOf(list.given(filter.name(), ""));
    boolean day = filter.kind() == Filter.Kind.DAY;
    return new ShownFilter(
        filter.name(),
        filter.label(),
        filter.hint(),
        day && value.length() > DAY_LENGTH ? value.substring(0, DAY_LENGTH) : value,
        day,
        choices(filter));
  }

  private Map<String, String> choices(Filter filter) {
    Map<String, String> choices = new LinkedHashMap<>();
    filter.words().forEach(word -> choices.put(word, texts.word(word)));
    if (filter.kind() == Filter.Kind.OWNER) {
      List<EntryView> owners = supplierChoices.getOwners();
      if (owners.size() <= SupplierChoices.MOST) {
        owners.forEach(owner -> choices.put(owner.id(), owner.name()));
      }
    }
    if (!choices.isEmpty()) {
      keep(filter.name(), choices);
    }
    return choices;
  }

  /** Whether one of the folded filters is in use. */
  public boolean isUnfolded() {
    return FURTHER.stream().anyMatch(filter -> list.given(filter.name(), null) != null);
  }

  /** The statuses to choose from, by the values of the API. */
  public Map<String, String> getStatuses() {
    Map<String, String> choices = new LinkedHashMap<>();
    choices.put("all", texts.get("suppliers.all_archived_included"));
    for (SupplierStatus status : SupplierStatus.values()) {
      choices.put(status.code(), texts.word(status.code()));
    }
    keep("status", choices);
    return choices;
  }

  /**
   * A value that only an address can have, such as several words, is chosen until it is changed.
   */
  private void keep(String name, Map<String, String> choices) {
    String given = list.given(name, null);
    if (given != null) {
      choices.computeIfAbsent(
          given,
          value ->
              CommaList.read(value).stream().map(texts::word).collect(Collectors.joining(", ")));
    }
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
