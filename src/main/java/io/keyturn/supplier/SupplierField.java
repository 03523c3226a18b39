package io.keyturn.supplier;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The members of a supplier, of which a list can answer some. */
public enum SupplierField {
  ID(SupplierView::id),
  NUMBER(SupplierView::number),
  EXTERNAL_ID(SupplierView::externalId),
  NAME(SupplierView::name),
  LEGAL_NAME(SupplierView::legalName),
  TYPE(SupplierView::type),
  STATUS(SupplierView::status),
  APPROVAL(SupplierView::approval),
  ONBOARDING_STATUS(SupplierView::onboardingStatus),
  HOLD(SupplierView::hold),
  PREFERRED(SupplierView::preferred),
  TAGS(SupplierView::tags),
  CUSTOM_FIELDS(SupplierView::customFields, true),
  LOCATIONS(SupplierView::locations),
  DEPARTMENTS(SupplierView::departments),
  OWNERS(SupplierView::owners),
  COUNTRY(SupplierView::country),
  ADDRESSES(SupplierView::addresses, true),
  CONTACTS(SupplierView::contacts, true),
  IDENTIFIERS(SupplierView::identifiers, true),
  CATEGORIES(SupplierView::categories),
  INDUSTRY(SupplierView::industry),
  WEBSITE(SupplierView::website),
  DESCRIPTION(SupplierView::description, true),
  LANGUAGE(SupplierView::language),
  CURRENCY(SupplierView::currency),
  PAYMENT_TERMS(SupplierView::paymentTerms),
  SCORES(SupplierView::scores),
  CREATED_AT(SupplierView::createdAt),
  UPDATED_AT(SupplierView::updatedAt),
  ARCHIVED_AT(SupplierView::archivedAt),
  CREATED_BY(SupplierView::createdBy),
  VERSION(SupplierView::version);

  /** What a list answers unless it is asked for other members: all that cost little. */
  public static final Set<SupplierField> OF_A_LIST = EnumSet.noneOf(SupplierField.class);

  static {
    Arrays.stream(values()).filter(field -> !field.large).forEach(OF_A_LIST::add);
  }

  private final Function<SupplierView, @Nullable Object> value;
  private final boolean large;

  SupplierField(Function<SupplierView, @Nullable Object> value) {
    this(value, false);
  }

  SupplierField(Function<SupplierView, @Nullable Object> value, boolean large) {
    this.value = value;
    this.large = large;
  }

  /** The member's name. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The member with this name. */
  public static Optional<SupplierField> of(String code) {
    return Arrays.stream(values()).filter(field -> field.code().equals(code)).findFirst();
  }

  /** Whether one of them costs more than a list pays unasked. */
  public static boolean large(Collection<SupplierField> fields) {
    return fields.stream().anyMatch(field -> field.large);
  }

  /** The names of members. */
  public static Set<String> codes(Set<SupplierField> fields) {
    return fields.stream().map(SupplierField::code).collect(Collectors.toSet());
  }

  /** These members of a supplier. */
  public static Map<String, @Nullable Object> row(
      SupplierView supplier, Set<SupplierField> fields) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    for (SupplierField field : fields) {
      row.put(field.code(), field.value.apply(supplier));
    }
    return row;
  }
}
