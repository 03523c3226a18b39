package io.keyturn.supplier.file;

import io.keyturn.supplier.Address;
import io.keyturn.supplier.Contact;
import io.keyturn.supplier.Hold;
import io.keyturn.supplier.Reference;
import io.keyturn.supplier.Scores;
import io.keyturn.supplier.SupplierView;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a file of suppliers, in the order in which they are written. Beside them, each
 * custom field has a column.
 */
enum SupplierColumn {
  ID(SupplierView::id, true),
  NUMBER(SupplierView::number),
  EXTERNAL_ID(SupplierView::externalId),
  NAME(SupplierView::name),
  LEGAL_NAME(SupplierView::legalName),
  TYPE(SupplierView::type),
  STATUS(SupplierView::status, true),
  ONBOARDING_STATUS(SupplierView::onboardingStatus),
  HOLD_SCOPE(of(SupplierView::hold, Hold::scope)),
  HOLD_UNTIL(of(SupplierView::hold, Hold::until)),
  HOLD_REASON(of(SupplierView::hold, Hold::reason)),
  PREFERRED(SupplierView::preferred),
  TAGS(s -> String.join("\n", s.tags())),
  LOCATIONS(s -> names(s.locations())),
  DEPARTMENTS(s -> names(s.departments())),
  OWNERS(
      s -> s.owners().stream().map(o -> String.valueOf(o.id())).collect(Collectors.joining("\n"))),
  ADDRESS_TYPE(first(SupplierView::addresses, Address::type)),
  ADDRESS_LINES(first(SupplierView::addresses, a -> String.join("\n", a.lines()))),
  POSTAL_CODE(first(SupplierView::addresses, Address::postalCode)),
  CITY(first(SupplierView::addresses, Address::city)),
  REGION(first(SupplierView::addresses, Address::region)),
  COUNTRY(first(SupplierView::addresses, Address::country)),
  FURTHER_ADDRESSES(s -> CellLists.further(s.addresses())),
  CONTACT_NAME(first(SupplierView::contacts, Contact::name)),
  CONTACT_EMAIL(first(SupplierView::contacts, Contact::email)),
  CONTACT_PHONE(first(SupplierView::contacts, Contact::phone)),
  CONTACT_JOB_TITLE(first(SupplierView::contacts, Contact::jobTitle)),
  FURTHER_CONTACTS(s -> CellLists.further(s.contacts())),
  IDENTIFIERS(s -> CellLists.ofIdentifiers(s.identifiers())),
  CATEGORIES(s -> CellLists.ofCategories(s.categories())),
  INDUSTRY(SupplierView::industry),
  WEBSITE(SupplierView::website),
  DESCRIPTION(SupplierView::description),
  LANGUAGE(SupplierView::language),
  CURRENCY(SupplierView::currency),
  PAYMENT_TERMS(SupplierView::paymentTerms),
  PERFORMANCE_SCORE(of(SupplierView::scores, Scores::performance)),
  RISK_SCORE(of(SupplierView::scores, Scores::risk)),
  SUSTAINABILITY_SCORE(of(SupplierView::scores, Scores::sustainability)),
  CREATED_AT(SupplierView::createdAt, true),
  UPDATED_AT(SupplierView::updatedAt, true),
  ARCHIVED_AT(SupplierView::archivedAt, true),
  VERSION(SupplierView::version, true);

  /** What the column of a custom field has before the field's name. */
  static final String CUSTOM = "custom_fields.";

  private static final Map<String, SupplierColumn> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(SupplierColumn::code, column -> column));

  private final Function<SupplierView, @Nullable Object> cell;
  private final boolean readOnly;

  SupplierColumn(Function<SupplierView, @Nullable Object> cell) {
    this(cell, false);
  }

  SupplierColumn(Function<SupplierView, @Nullable Object> cell, boolean readOnly) {
    this.cell = cell;
    this.readOnly = readOnly;
  }

  private static <T> Function<SupplierView, @Nullable Object> of(
      Function<SupplierView, @Nullable T> part, Function<T, @Nullable Object> value) {
    return supplier -> {
      T found = part.apply(supplier);
      return found == null ? null : value.apply(found);
    };
  }

  private static <T> Function<SupplierView, @Nullable Object> first(
      Function<SupplierView, List<T>> list, Function<T, @Nullable Object> value) {
    return of(
        supplier -> list.apply(supplier).isEmpty() ? null : list.apply(supplier).get(0), value);
  }

  private static String names(List<Reference> references) {
    return references.stream()
        .map(reference -> Objects.requireNonNull(reference.name()))
        .collect(Collectors.joining("\n"));
  }

  /** Its name in the header. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The column with this name; null when there is none. */
  static @Nullable SupplierColumn of(String code) {
    return BY_CODE.get(code);
  }

  /** The column, or the column and a place in it, where a member of a supplier stands. */
  static String ofField(String field) {
    return field
        .replaceFirst("^addresses\\[0]\\.(type|lines)$", "address_$1")
        .replaceFirst("^addresses\\[0]\\.", "")
        .replaceFirst("^contacts\\[0]\\.", "contact_")
        .replaceFirst("^hold\\.", "hold_")
        .replaceFirst("^scores\\.(.*)", "$1_score");
  }

  /** What stands in the cell of a supplier. */
  @Nullable Object cell(SupplierView supplier) {
    return cell.apply(supplier);
  }

  /** Whether an import leaves it alone. */
  boolean readOnly() {
    return readOnly;
  }
}
