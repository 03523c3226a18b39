package io.keyturn.supplier;

import io.keyturn.supplier.identifier.IdentifierScheme;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the lists that belong to one supplier. */
final class SupplierListsCheck {
  static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private static final int NAME = 200;
  private static final List<String> ADDRESS_TYPES =
      List.of("registered", "postal", "billing", "delivery", "other");

  /** The form of ISO 3166-2. The JDK has no list of its codes. */
  private static final Pattern REGION = Pattern.compile("[A-Z]{2}-[A-Z0-9]{1,3}");

  private static final Pattern PHONE =
      Pattern.compile("[+]?[0-9][0-9 ()./-]{2,38}( ?(x|ext\\.?) ?[0-9]{1,6})?");
  private static final Pattern CPV = Pattern.compile("[0-9]{8}(-[0-9])?");
  private static final Pattern UNSPSC = Pattern.compile("([0-9]{2}){1,4}");

  private final TextChecks checks;

  SupplierListsCheck(TextChecks checks) {
    this.checks = checks;
  }

  /** Says what is wrong with a word that is not among the known words. */
  @Nullable String word(String field, @Nullable String sent, List<String> known) {
    if (sent != null && !known.contains(sent)) {
      String last = known.get(known.size() - 1);
      checks.wrong(
          field,
          "must be " + String.join(", ", known.subList(0, known.size() - 1)) + " or " + last);
      return null;
    }
    return sent;
  }

  private @Nullable String country(String field, @Nullable String sent) {
    if (sent == null) {
      return null;
    }
    String code = Names.clean(sent).toUpperCase(Locale.ROOT);
    if (!COUNTRIES.contains(code)) {
      checks.wrong(field, "must be a country's code of two letters (ISO 3166-1), such as DE");
    }
    return code;
  }

  List<Address> addresses(List<Address> sent) {
    checks.size("addresses", sent, 20);
    return SupplierCheck.onePrimary(
        SupplierCheck.each("addresses", sent, this::address),
        address -> Boolean.TRUE.equals(address.primary()),
        (a, primary) ->
            new Address(
                a.type(), a.lines(), a.city(), a.region(), a.postalCode(), a.country(), primary));
  }

  private Address address(String at, Address sent) {
    checks.size(at + "lines", sent.lines(), 6);
    String country = country(at + "country", sent.country());
    String region = checks.line(at + "region", sent.region(), 10);
    if (region != null) {
      region = region.toUpperCase(Locale.ROOT);
      if (!REGION.matcher(region).matches() || !region.startsWith(country + "-")) {
        checks.wrong(
            at + "region", "must be a code of the address's country (ISO 3166-2), such as DE-BE");
      }
    }
    return new Address(
        Objects.requireNonNullElse(word(at + "type", sent.type(), ADDRESS_TYPES), "other"),
        sent.lines().stream()
            .map(line -> checks.line(at + "lines", line, NAME))
            .filter(Objects::nonNull)
            .toList(),
        checks.line(at + "city", sent.city(), NAME),
        region,
        checks.line(at + "postal_code", sent.postalCode(), 20),
        country,
        sent.primary());
  }

  List<Contact> contacts(List<Contact> sent) {
    checks.size("contacts", sent, 50);
    return SupplierCheck.onePrimary(
        SupplierCheck.each("contacts", sent, this::contact),
        contact -> Boolean.TRUE.equals(contact.primary()),
        (c, primary) -> new Contact(c.name(), c.email(), c.phone(), c.jobTitle(), primary));
  }

  private Contact contact(String at, Contact sent) {
    String email = checks.line(at + "email", sent.email(), 254);
    if (email != null && !mailable(email)) {
      checks.wrong(at + "email", "must be an e-mail address");
    }
    String phone = checks.line(at + "phone", sent.phone(), 50);
    if (phone != null && !PHONE.matcher(phone).matches()) {
      checks.wrong(at + "phone", "must be a telephone number such as +49 30 901820");
    }
    return new Contact(
        checks.required(at + "name", sent.name(), NAME),
        email,
        phone,
        checks.line(at + "job_title", sent.jobTitle(), NAME),
        sent.primary());
  }

  private static boolean mailable(String email) {
    try {
      new InternetAddress(email, true);
      return email.indexOf('@') > 0 && email.indexOf(' ') < 0 && email.indexOf('<') < 0;
    } catch (AddressException e) {
      return false;
    }
  }

  /**
   * What is stored already stays as it is, so that no later rule locks a supplier.
   *
   * @param stored of the same supplier
   */
  List<Identifier> identifiers(List<Identifier> stored, List<Identifier> sent) {
    checks.size("identifiers", sent, 20);
    Map<String, Identifier> byTerm = new LinkedHashMap<>();
    SupplierCheck.each(
            "identifiers",
            sent,
            (at, one) ->
                stored.stream()
                    .filter(old -> same(old, one))
                    .findFirst()
                    .orElseGet(() -> identifier(at, one)))
        .forEach(identifier -> byTerm.putIfAbsent(identifier.term(), identifier));
    return List.copyOf(byTerm.values());
  }

  /** A VAT number may be sent without its country, which follows from it. */
  private static boolean same(Identifier stored, Identifier sent) {
    return stored.equals(sent)
        || ("vat".equals(sent.scheme())
            && sent.country() == null
            && stored.equals(new Identifier("vat", sent.value(), stored.country())));
  }

  private Identifier identifier(String at, Identifier sent) {
    String value = checks.required(at + "value", sent.value(), 100);
    String country = country(at + "country", sent.country());
    Optional<IdentifierScheme> scheme = IdentifierScheme.of(sent.scheme());
    if (scheme.isEmpty()) {
      checks.wrong(at + "scheme", "must be one of " + IdentifierScheme.codes());
      return sent;
    }
    Optional<String> normal = scheme.get().normal(value);
    if (normal.isEmpty()) {
      checks.wrong(at + "value", scheme.get().expected());
      return sent;
    }
    Optional<String> own = scheme.get().country(normal.get());
    if (own.isPresent() && country != null && !own.get().equals(country)) {
      checks.wrong(at + "country", "must be that of the value, " + own.get() + ", or absent");
    }
    if (scheme.get().needsCountry() && country == null) {
      checks.wrong(at + "country", "must be given");
    }
    return new Identifier(scheme.get().code(), normal.get(), own.orElse(country));
  }

  List<Category> categories(List<Category> sent) {
    checks.size("categories", sent, 50);
    Map<String, Category> byTerm = new LinkedHashMap<>();
    SupplierCheck.each("categories", sent, this::category)
        .forEach(category -> byTerm.putIfAbsent(category.term(), category));
    return List.copyOf(byTerm.values());
  }

  private Category category(String at, Category sent) {
    String scheme =
        Objects.requireNonNullElse(
            word(at + "scheme", sent.scheme(), CategoryScheme.codes()), "custom");
    String code = checks.required(at + "code", sent.code(), 100);
    if (scheme.equals("cpv")) {
      if (!CPV.matcher(code).matches()) {
        checks.wrong(at + "code", "must have 8 digits, as in 60100000 or 60100000-9");
      }
      code = code.substring(0, Math.min(code.length(), 8));
    } else if (scheme.equals("unspsc") && !UNSPSC.matcher(code).matches()) {
      checks.wrong(at + "code", "must have 2, 4, 6 or 8 digits");
    }
    return new Category(
        scheme,
        code,
        Objects.requireNonNullElse(checks.line(at + "label", sent.label(), NAME), code));
  }
}
