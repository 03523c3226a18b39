package io.keyturn.supplier.rest;

import io.keyturn.database.StorableTime;
import io.keyturn.http.Ids;
import io.keyturn.json.RecordReader;
import io.keyturn.paging.PagingParameters;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.CommaList;
import io.keyturn.supplier.Identifier;
import io.keyturn.supplier.Names;
import io.keyturn.supplier.OnboardingStatus;
import io.keyturn.supplier.SupplierField;
import io.keyturn.supplier.SupplierSort;
import io.keyturn.supplier.SupplierStatus;
import io.keyturn.supplier.identifier.IdentifierScheme;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of query parameters, each checked with a message that names the parameter. */
final class FilterValues {
  private static final int MOST = 50;
  private static final int LONGEST = 200;
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /** Also those that are not in use any more: suppliers may have had them for long. */
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .collect(Collectors.toUnmodifiableSet());

  private FilterValues() {}

  /** The values of a list with commas; none when the parameter is absent. */
  static List<String> texts(String field, @Nullable String text) {
    if (text == null) {
      return List.of();
    }
    List<String> values = CommaList.read(text);
    if (values.size() > MOST) {
      throw ProblemException.invalid(field, "must have at most " + MOST + " values");
    }
    for (String value : values) {
      // PostgreSQL refuses a text with NUL.
      if (value.isEmpty()
          || value.length() > LONGEST
          || value.chars().anyMatch(Character::isISOControl)) {
        throw ProblemException.invalid(
            field, "must be values of 1 to " + LONGEST + " characters with commas between them");
      }
    }
    return values;
  }

  static <T> T known(String field, Optional<T> found, String value) {
    return found.orElseThrow(
        () -> ProblemException.invalid(field, "does not know the value " + value));
  }

  static Set<SupplierStatus> statuses(@Nullable String text) {
    Set<SupplierStatus> statuses = EnumSet.noneOf(SupplierStatus.class);
    if (text == null) {
      statuses.add(SupplierStatus.ACTIVE);
    } else if (!text.equals("all")) {
      texts("status", text)
          .forEach(
              value ->
                  statuses.add(
                      SupplierStatus.of(value)
                          .orElseThrow(
                              () ->
                                  ProblemException.invalid(
                                      "status",
                                      "must be active, unapproved, rejected, archived, several of"
                                          + " them with commas between them, or all"))));
    }
    return statuses;
  }

  static Set<OnboardingStatus> onboardingStatuses(@Nullable String text) {
    Set<OnboardingStatus> statuses = EnumSet.noneOf(OnboardingStatus.class);
    for (String value : texts("onboarding_status", text)) {
      statuses.add(
          Arrays.stream(OnboardingStatus.values())
              .filter(status -> status.code().equals(value))
              .findFirst()
              .orElseThrow(
                  () ->
                      ProblemException.invalid(
                          "onboarding_status",
                          "must be not_started, in_progress, to_review or completed")));
    }
    return statuses;
  }

  static List<String> countries(@Nullable String text) {
    return codes(
        "country",
        text,
        COUNTRIES,
        "must be a country's code of two capitals (ISO 3166-1), such as DE");
  }

  static List<String> currencies(@Nullable String text) {
    return codes("currency", text, CURRENCIES, "must be a currency's code (ISO 4217), such as EUR");
  }

  private static List<String> codes(
      String field, @Nullable String text, Set<String> known, String expected) {
    List<String> codes =
        texts(field, text).stream().map(code -> code.toUpperCase(Locale.ROOT)).toList();
    if (!known.containsAll(codes)) {
      throw ProblemException.invalid(field, expected);
    }
    return codes;
  }

  static List<UUID> ids(String field, @Nullable String text) {
    return texts(field, text).stream()
        .map(
            id -> {
              try {
                return Ids.parse(id);
              } catch (IllegalArgumentException e) {
                throw ProblemException.invalid(field, "must be a UUID");
              }
            })
        .toList();
  }

  static @Nullable Boolean flag(String field, @Nullable String text) {
    return text == null ? null : (Boolean) PagingParameters.flag(field, text);
  }

  static @Nullable Instant time(String field, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      Instant time = Instant.parse(text);
      if (StorableTime.is(time)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw ProblemException.invalid(field, RecordReader.TIME_EXPECTED);
    }
    throw ProblemException.invalid(field, "must be from 1970 to 9999");
  }

  /** What to search for. Accents alone are nothing: without them, every text would be found. */
  static String search(String sent) {
    String text = Names.clean(sent);
    if (Names.fold(text).isEmpty()
        || text.codePointCount(0, text.length()) > SupplierParameters.MAX_TEXT
        || text.chars().anyMatch(Character::isISOControl)) {
      throw ProblemException.invalid(
          "q",
          "must have 1 to "
              + SupplierParameters.MAX_TEXT
              + " characters, none of them control characters");
    }
    return text;
  }

  /** The members to answer; those of a list when the parameter is absent. */
  static Set<SupplierField> fields(@Nullable String text) {
    if (text == null) {
      return SupplierField.OF_A_LIST;
    }
    Set<SupplierField> asked = EnumSet.of(SupplierField.ID);
    texts("fields", text).forEach(name -> asked.add(known("fields", SupplierField.of(name), name)));
    return asked;
  }

  static SupplierSort sort(String text) {
    return SupplierSort.of(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "sort",
                    "must be name, number, created_at or updated_at, or - before one of these names"));
  }

  /** Patterns for the terms of identifiers. */
  static List<String> identifiers(@Nullable String text) {
    return texts("identifier", text).stream().map(FilterValues::identifier).toList();
  }

  private static String identifier(String text) {
    int colon = text.indexOf(':');
    IdentifierScheme scheme =
        IdentifierScheme.of(colon < 0 ? null : text.substring(0, colon))
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "identifier",
                        "must be a scheme, a colon and a value; the schemes are "
                            + IdentifierScheme.codes()));
    String value = text.substring(colon + 1);
    String country = null;
    if (scheme.needsCountry() && value.indexOf(':') == 2) {
      country = value.substring(0, 2).toUpperCase(Locale.ROOT);
      value = value.substring(3);
    }
    String normal =
        scheme
            .normal(value)
            .orElseThrow(() -> ProblemException.invalid("identifier", scheme.expected()));
    return Identifier.pattern(scheme, normal, country);
  }
}
