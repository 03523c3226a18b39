package io.keyturn.supplier.identifier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.validator.routines.checkdigit.EAN13CheckDigit;
import org.jspecify.annotations.Nullable;

/** The registers that number suppliers. */
public enum IdentifierScheme {
  /** A number for value added tax, with the country's letters before it. */
  VAT(
      "[A-Z]{2}[0-9A-Z+*]{2,13}",
      "must be a VAT number with the code of its country (or EL, XI, EU) before it, such as DE136695976") {
    @Override
    String canonical(String value) {
      return VatNumber.canonical(value);
    }

    @Override
    boolean checked(String value) {
      return VatNumber.checked(value);
    }
  },
  /** A number for other taxes; each country has its own rules. */
  TAX_ID("[0-9A-Z]{2,30}", "must have 2 to 30 letters and digits"),
  /** A number in a country's register of companies. */
  COMPANY_NUMBER("[0-9A-Z]{1,30}", "must have 1 to 30 letters and digits"),
  /** Dun & Bradstreet's number. Since 2006 its last digit is no check digit. */
  DUNS("[0-9]{9}", "must have 9 digits"),
  /** Legal Entity Identifier (ISO 17442), checked by ISO 7064 MOD 97-10. */
  LEI("[0-9A-Z]{18}[0-9]{2}", "must have 18 letters and digits and 2 check digits") {
    @Override
    boolean checked(String value) {
      return CheckDigits.mod97(value) == 1;
    }
  },
  /** Global Location Number (GS1 General Specifications, section 7.9). */
  GLN("[0-9]{13}", "must have 13 digits") {
    @Override
    boolean checked(String value) {
      return EAN13CheckDigit.EAN13_CHECK_DIGIT.isValid(value);
    }
  },
  /** Peppol participant: a code of the Electronic Address Scheme list, a colon, and the id. */
  PEPPOL("[0-9]{4}:[0-9A-Z_.:-]{1,50}", "must be a scheme of four digits, a colon and an id") {
    @Override
    boolean checked(String value) {
      return PeppolId.checked(value);
    }
  };

  private static final Pattern DECORATION = Pattern.compile("[\\p{IsWhite_Space}.\\-/]");
  private static final Pattern SPACE = Pattern.compile("\\p{IsWhite_Space}");

  private final Pattern form;
  private final String expected;

  IdentifierScheme(String form, String expected) {
    this.form = Pattern.compile(form);
    this.expected = expected;
  }

  /** The scheme as the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scheme with this code. */
  public static Optional<IdentifierScheme> of(@Nullable String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }

  /** The codes of all schemes, for a message. */
  public static String codes() {
    return Arrays.stream(values()).map(IdentifierScheme::code).collect(Collectors.joining(", "));
  }

  /** What is wrong with a value that has no normal form. */
  public String expected() {
    return expected + (this == TAX_ID || this == COMPANY_NUMBER ? "" : ", with right check digits");
  }

  /**
   * A value in its one spelling: capitals, without spaces and punctuation, and without what its
   * country may leave out. Empty when the value is none of this scheme, or its check digits are
   * wrong.
   */
  public Optional<String> normal(String value) {
    Pattern ignored = this == PEPPOL ? SPACE : DECORATION;
    String plain = canonical(ignored.matcher(value).replaceAll("").toUpperCase(Locale.ROOT));
    return form.matcher(plain).matches() && checked(plain) ? Optional.of(plain) : Optional.empty();
  }

  /** The country in a value that has one. */
  public Optional<String> country(String normal) {
    return this == VAT ? VatNumber.country(normal) : Optional.empty();
  }

  /** Whether a value means another thing in another country. */
  public boolean needsCountry() {
    return this == TAX_ID || this == COMPANY_NUMBER;
  }

  /** A value in capitals without spaces and punctuation, in its one spelling. */
  String canonical(String value) {
    return value;
  }

  boolean checked(String value) {
    return true;
  }
}
