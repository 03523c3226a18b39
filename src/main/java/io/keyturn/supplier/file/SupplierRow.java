package io.keyturn.supplier.file;

import io.keyturn.http.Ids;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.SecretText;
import io.keyturn.supplier.Address;
import io.keyturn.supplier.Contact;
import io.keyturn.supplier.Hold;
import io.keyturn.supplier.Reference;
import io.keyturn.supplier.Scores;
import io.keyturn.supplier.SupplierData;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a row of a file says of a supplier. Columns that the file does not have stay as they are; an
 * empty cell removes a value.
 */
final class SupplierRow {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,20}([.,][0-9]{1,10})?");
  private static final Pattern SPREADSHEET_DAY =
      Pattern.compile("([0-9]{1,2})([./])([0-9]{1,2})\\2([0-9]{4})");
  private static final Map<String, Boolean> FLAGS =
      Map.ofEntries(
          Map.entry("true", true),
          Map.entry("yes", true),
          Map.entry("1", true),
          Map.entry("wahr", true),
          Map.entry("ja", true),
          Map.entry("false", false),
          Map.entry("no", false),
          Map.entry("0", false),
          Map.entry("falsch", false),
          Map.entry("nein", false));

  private final Map<SupplierColumn, String> cells;
  private final Map<String, String> custom;
  private final FileReferences references;
  private final List<FieldError> errors = new ArrayList<>();

  /**
   * A row.
   *
   * @param cells by their columns, without space around them
   * @param custom cells of custom fields by the fields' names
   */
  SupplierRow(
      Map<SupplierColumn, String> cells, Map<String, String> custom, FileReferences references) {
    this.cells = cells;
    this.custom = custom;
    this.references = references;
  }

  /** The supplier's external id; null when the row has none. */
  @Nullable String externalId() {
    return text(SupplierColumn.EXTERNAL_ID, null);
  }

  /** The supplier's number; null when the row has none. */
  @Nullable String number() {
    return text(SupplierColumn.NUMBER, null);
  }

  /**
   * The supplier's data after the row, not yet checked.
   *
   * @throws ProblemException 422 naming each column at fault
   */
  SupplierData onto(SupplierData before) {
    errors.clear();
    refuseSecrets();
    SupplierData after = data(before);
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return after;
  }

  private SupplierData data(SupplierData before) {
    return new SupplierData(
        number() == null ? before.number() : number(),
        text(SupplierColumn.EXTERNAL_ID, before.externalId()),
        text(SupplierColumn.NAME, before.name()),
        text(SupplierColumn.LEGAL_NAME, before.legalName()),
        word(SupplierColumn.TYPE, before.type()),
        text(SupplierColumn.WEBSITE, before.website()),
        text(SupplierColumn.DESCRIPTION, before.description()),
        text(SupplierColumn.LANGUAGE, before.language()),
        word(SupplierColumn.ONBOARDING_STATUS, before.onboardingStatus()),
        hold(before.hold()),
        flag(before.preferred()),
        list(SupplierColumn.TAGS, before.tags(), CellLists::lines),
        custom(before.customFields()),
        references(
            SupplierColumn.LOCATIONS,
            before.locations(),
            cell -> references.locations(cell, before.locations())),
        references(SupplierColumn.DEPARTMENTS, before.departments(), references::departments),
        owners(before.owners()),
        addresses(before.addresses()),
        contacts(before.contacts()),
        list(SupplierColumn.IDENTIFIERS, before.identifiers(), CellLists::identifiers),
        list(SupplierColumn.CATEGORIES, before.categories(), CellLists::categories),
        text(SupplierColumn.INDUSTRY, before.industry()),
        text(SupplierColumn.CURRENCY, before.currency()),
        text(SupplierColumn.PAYMENT_TERMS, before.paymentTerms()),
        scores(before.scores()));
  }

  private void refuseSecrets() {
    cells.forEach(
        (column, cell) -> {
          if (SecretText.in(cell)) {
            wrong(column.code(), SecretText.REFUSAL);
          }
        });
    custom.forEach(
        (name, cell) -> {
          if (SecretText.in(cell)) {
            wrong(SupplierColumn.CUSTOM + name, SecretText.REFUSAL);
          }
        });
  }

  private void wrong(String column, String message) {
    errors.add(new FieldError(column, message));
  }

  private @Nullable String text(SupplierColumn column, @Nullable String before) {
    String cell = cells.get(column);
    if (cell == null) {
      return before;
    }
    return cell.isEmpty() ? null : cell;
  }

  /** A word of the API, which spreadsheet programs may have begun with a capital. */
  private @Nullable String word(SupplierColumn column, @Nullable String before) {
    String text = text(column, before);
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  private <T> List<T> list(
      SupplierColumn column, List<T> before, Function<String, List<T>> entries) {
    String cell = cells.get(column);
    if (cell == null) {
      return before;
    }
    try {
      return entries.apply(cell);
    } catch (ProblemException e) {
      errors.addAll(e.errors());
      return before;
    }
  }

  /** Their order says nothing: an export has them by their names. */
  private List<Reference> references(
      SupplierColumn column, List<Reference> before, Function<String, List<Reference>> entries) {
    List<Reference> after = list(column, before, entries);
    return Set.copyOf(after).equals(Set.copyOf(before)) ? before : after;
  }

  /**
   * An owner whose invitation was withdrawn is in no export, and stays where the row names all
   * others.
   */
  private List<Reference> owners(List<Reference> before) {
    List<Reference> present = references.present(before);
    List<Reference> after = references(SupplierColumn.OWNERS, present, SupplierRow::ownerIds);
    return after.equals(present) ? before : after;
  }

  private static List<Reference> ownerIds(String cell) {
    return CellLists.lines(cell).stream()
        .map(
            line -> {
              try {
                return new Reference(Ids.parse(line), null);
              } catch (IllegalArgumentException e) {
                throw ProblemException.invalid("owners", "must be ids of users, one in each line");
              }
            })
        .toList();
  }

  private @Nullable Boolean flag(@Nullable Boolean before) {
    String cell = text(SupplierColumn.PREFERRED, null);
    if (cell == null) {
      return cells.containsKey(SupplierColumn.PREFERRED) ? Boolean.FALSE : before;
    }
    return truth(SupplierColumn.PREFERRED.code(), cell);
  }

  private @Nullable Boolean truth(String column, String cell) {
    Boolean flag = FLAGS.get(cell.toLowerCase(Locale.ROOT));
    if (flag == null) {
      wrong(column, "must be true or false");
    }
    return flag;
  }

  private boolean emptied(SupplierColumn column) {
    return "".equals(cells.get(column));
  }

  private @Nullable Hold hold(@Nullable Hold before) {
    if (emptied(SupplierColumn.HOLD_SCOPE)
        && cells.getOrDefault(SupplierColumn.HOLD_UNTIL, "").isEmpty()
        && cells.getOrDefault(SupplierColumn.HOLD_REASON, "").isEmpty()) {
      return null;
    }
    Hold old = before == null ? new Hold(null, null, null) : before;
    Hold hold =
        new Hold(
            word(SupplierColumn.HOLD_SCOPE, old.scope()),
            time(old.until()),
            text(SupplierColumn.HOLD_REASON, old.reason()));
    return hold.equals(new Hold(null, null, null)) ? null : hold;
  }

  private @Nullable Instant time(@Nullable Instant before) {
    String cell = cells.get(SupplierColumn.HOLD_UNTIL);
    if (cell == null) {
      return before;
    }
    if (cell.isEmpty()) {
      return null;
    }
    try {
      String day = day(cell);
      return day.length() == 10
          ? LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(cell);
    } catch (DateTimeException e) {
      wrong("hold_until", "must be a day or a time in UTC such as 2026-01-31T12:00:00Z");
      return before;
    }
  }

  /**
   * A day as the API has it, also where a spreadsheet program has written it the German, British or
   * American way. With strokes, a day that the British and Americans read differently stays as it
   * is, and so is refused.
   */
  private static String day(String cell) {
    Matcher written = SPREADSHEET_DAY.matcher(cell);
    if (!written.matches()) {
      return cell;
    }
    int first = Integer.parseInt(written.group(1));
    int second = Integer.parseInt(written.group(3));
    boolean british = written.group(2).equals(".") || first > 12 || first == second;
    if (!british && second <= 12) {
      return cell;
    }
    return "%s-%02d-%02d"
        .formatted(written.group(4), british ? second : first, british ? first : second);
  }

  private @Nullable Scores scores(@Nullable Scores before) {
    Scores old = before == null ? new Scores(null, null, null) : before;
    Scores scores =
        new Scores(
            number(SupplierColumn.PERFORMANCE_SCORE, old.performance()),
            number(SupplierColumn.RISK_SCORE, old.risk()),
            number(SupplierColumn.SUSTAINABILITY_SCORE, old.sustainability()));
    return scores.equals(new Scores(null, null, null)) ? null : scores;
  }

  private @Nullable BigDecimal number(SupplierColumn column, @Nullable BigDecimal before) {
    String cell = cells.get(column);
    if (cell == null) {
      return before;
    }
    return cell.isEmpty() ? null : number(column.code(), cell);
  }

  private @Nullable BigDecimal number(String column, String cell) {
    if (!NUMBER.matcher(cell).matches()) {
      wrong(column, "must be a number such as 4.5 or 4,5");
      return null;
    }
    return new BigDecimal(cell.replace(',', '.'));
  }

  private List<Address> addresses(List<Address> before) {
    return entries(
        before,
        SupplierColumn.FURTHER_ADDRESSES,
        Address.class,
        first -> {
          Address old =
              first == null ? new Address(null, List.of(), null, null, null, null, null) : first;
          Address address =
              new Address(
                  word(SupplierColumn.ADDRESS_TYPE, old.type()),
                  list(SupplierColumn.ADDRESS_LINES, old.lines(), CellLists::lines),
                  text(SupplierColumn.CITY, old.city()),
                  text(SupplierColumn.REGION, old.region()),
                  text(SupplierColumn.POSTAL_CODE, old.postalCode()),
                  text(SupplierColumn.COUNTRY, old.country()),
                  primary(SupplierColumn.FURTHER_ADDRESSES, old.primary()));
          boolean none =
              address.equals(
                  new Address(null, List.of(), null, null, null, null, address.primary()));
          return none ? null : address;
        });
  }

  private List<Contact> contacts(List<Contact> before) {
    return entries(
        before,
        SupplierColumn.FURTHER_CONTACTS,
        Contact.class,
        first -> {
          Contact old = first == null ? new Contact(null, null, null, null, null) : first;
          Contact contact =
              new Contact(
                  text(SupplierColumn.CONTACT_NAME, old.name()),
                  text(SupplierColumn.CONTACT_EMAIL, old.email()),
                  text(SupplierColumn.CONTACT_PHONE, old.phone()),
                  text(SupplierColumn.CONTACT_JOB_TITLE, old.jobTitle()),
                  primary(SupplierColumn.FURTHER_CONTACTS, old.primary()));
          return contact.equals(new Contact(null, null, null, null, contact.primary()))
              ? null
              : contact;
        });
  }

  /** The other entries may say that one of them is the primary entry. */
  private @Nullable Boolean primary(SupplierColumn others, @Nullable Boolean before) {
    return cells.containsKey(others) ? null : before;
  }

  /** The first entry has columns of its own, the others a column together. */
  private <T extends Record> List<T> entries(
      List<T> before, SupplierColumn others, Class<T> type, UnaryOperator<@Nullable T> first) {
    T changed = first.apply(before.isEmpty() ? null : before.get(0));
    List<T> rest =
        list(
            others,
            before.isEmpty() ? before : before.subList(1, before.size()),
            cell -> CellLists.further(others.code(), type, cell));
    if (changed == null) {
      return rest;
    }
    List<T> all = new ArrayList<>();
    all.add(changed);
    all.addAll(rest);
    return all;
  }

  private Map<String, Object> custom(Map<String, Object> before) {
    if (custom.isEmpty()) {
      return before;
    }
    Map<String, Object> after = new TreeMap<>(before);
    custom.forEach(
        (name, cell) -> {
          Object value = cell.isEmpty() ? null : custom(name, cell);
          if (value == null) {
            after.remove(name);
          } else {
            after.put(name, value);
          }
        });
    return after;
  }

  private @Nullable Object custom(String name, String cell) {
    String column = SupplierColumn.CUSTOM + name;
    return switch (references.type(name)) {
      case NUMBER -> number(column, cell);
      case BOOLEAN -> truth(column, cell);
      case DATE -> day(cell);
      case TEXT, CHOICE -> cell;
    };
  }
}
