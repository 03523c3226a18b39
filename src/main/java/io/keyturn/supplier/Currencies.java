package io.keyturn.supplier;

import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The currencies of ISO 4217 that are in use. The JDK also knows those that are not any more. */
final class Currencies {
  /**
   * Funds, units of account and precious metals, which are the currency of no country. XTS is for
   * tests, and XXX stands for none.
   */
  private static final Set<String> OF_NO_COUNTRY =
      Set.of(
          "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "VED", "XAD", "XAG", "XAU",
          "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XUA");

  /** Bulgaria has had the euro since 2026, which older JDKs do not know. */
  private static final Set<String> ENDED = Set.of("BGN");

  /** Their codes. */
  static final Set<String> CODES =
      Stream.concat(
              Stream.of(Locale.getISOCountries())
                  .map(code -> new Locale.Builder().setRegion(code).build())
                  .map(Currency::getInstance)
                  .filter(Objects::nonNull),
              Currency.getAvailableCurrencies().stream()
                  .filter(currency -> OF_NO_COUNTRY.contains(currency.getCurrencyCode())))
          .map(Currency::getCurrencyCode)
          .filter(Predicate.not(ENDED::contains))
          .collect(Collectors.toUnmodifiableSet());

  private Currencies() {}
}
