package io.keyturn.supplier.identifier;

import static io.keyturn.supplier.identifier.CheckDigits.digit;
import static io.keyturn.supplier.identifier.CheckDigits.weighted;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/**
 * Numbers for value added tax. The forms are those of the European Commission's VIES (its questions
 * and answers, question 11) and of the tax offices of Norway, Switzerland and the United Kingdom.
 * The check digits are as BMF_UStID of the German Central Tax Office describes them. Where people
 * have numbers by other rules than companies, and for countries without rules here, the form alone
 * is checked, so that no true number is refused.
 */
final class VatNumber {
  private static final Map<String, String> FORMS =
      Map.ofEntries(
          Map.entry("AT", "U[0-9]{8}"),
          Map.entry("BE", "[01][0-9]{9}"),
          Map.entry("BG", "[0-9]{9,10}"),
          Map.entry("CH", "E[0-9]{9}"),
          Map.entry("CY", "[0-9]{8}[A-Z]"),
          Map.entry("CZ", "[0-9]{8,10}"),
          Map.entry("DE", "[1-9][0-9]{8}"),
          Map.entry("DK", "[1-9][0-9]{7}"),
          Map.entry("EE", "10[0-9]{7}"),
          Map.entry("EL", "[0-9]{9}"),
          Map.entry("ES", "[0-9A-Z][0-9]{7}[0-9A-Z]"),
          Map.entry("EU", "[0-9]{9}"),
          Map.entry("FI", "[0-9]{8}"),
          Map.entry("FR", "[0-9A-Z]{2}[0-9]{9}"),
          Map.entry("GB", "([0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})"),
          Map.entry("HR", "[0-9]{11}"),
          Map.entry("HU", "[0-9]{8}"),
          Map.entry("IE", "([0-9]{7}[A-W][A-I]?|[0-9][A-Z+*][0-9]{5}[A-W])"),
          Map.entry("IT", "[0-9]{11}"),
          Map.entry("LT", "([0-9]{9}|[0-9]{12})"),
          Map.entry("LU", "[0-9]{8}"),
          Map.entry("LV", "[0-9]{11}"),
          Map.entry("MT", "[1-9][0-9]{7}"),
          Map.entry("NL", "[0-9]{9}B[0-9]{2}"),
          Map.entry("NO", "[0-9]{9}"),
          Map.entry("PL", "[0-9]{10}"),
          Map.entry("PT", "[1-9][0-9]{8}"),
          Map.entry("RO", "[1-9][0-9]{1,9}"),
          Map.entry("SE", "[0-9]{10}01"),
          Map.entry("SI", "[1-9][0-9]{7}"),
          Map.entry("SK", "[1-9][0-9]{9}"),
          Map.entry("XI", "([0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2})"));

  private static final Map<String, Predicate<String>> DIGITS =
      Map.ofEntries(
          Map.entry("AT", VatNumber::austria),
          Map.entry("BE", d -> 97 - Integer.parseInt(d.substring(0, 8)) % 97 == last(d, 2)),
          Map.entry("BG", VatNumber::bulgaria),
          Map.entry("CH", d -> rest11(weighted(d.substring(1), 5, 4, 3, 2, 7, 6, 5, 4), d, 9)),
          Map.entry("CY", VatNumber::cyprus),
          Map.entry("CZ", VatNumber::czechia),
          Map.entry("DE", CheckDigits::mod11And10),
          Map.entry("DK", d -> weighted(d, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0),
          Map.entry("EE", d -> (10 - weighted(d, 3, 7, 1, 3, 7, 1, 3, 7) % 10) % 10 == digit(d, 8)),
          Map.entry("EL", d -> weighted(d, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == digit(d, 8)),
          Map.entry("ES", VatNumber::spain),
          Map.entry("FI", d -> rest11(weighted(d, 7, 9, 10, 5, 8, 4, 2), d, 7)),
          Map.entry("FR", VatNumber::france),
          Map.entry("GB", VatNumber::unitedKingdom),
          Map.entry("HR", CheckDigits::mod11And10),
          Map.entry("HU", d -> (10 - weighted(d, 9, 7, 3, 1, 9, 7, 3) % 10) % 10 == digit(d, 7)),
          Map.entry("IE", VatNumber::ireland),
          Map.entry("IT", LuhnCheckDigit.LUHN_CHECK_DIGIT::isValid),
          Map.entry("LT", VatNumber::lithuania),
          Map.entry("LU", d -> Integer.parseInt(d.substring(0, 6)) % 89 == last(d, 2)),
          Map.entry("LV", VatNumber::latvia),
          Map.entry("MT", d -> 37 - weighted(d, 3, 4, 6, 7, 8, 9) % 37 == last(d, 2)),
          Map.entry("NL", VatNumber::netherlands),
          Map.entry("NO", d -> rest11(weighted(d, 3, 2, 7, 6, 5, 4, 3, 2), d, 8)),
          Map.entry("PL", d -> weighted(d, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == digit(d, 9)),
          Map.entry("PT", VatNumber::portugal),
          Map.entry("RO", VatNumber::romania),
          Map.entry("SE", d -> LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(d.substring(0, 10))),
          Map.entry("SI", VatNumber::slovenia),
          Map.entry("SK", d -> Long.parseLong(d) % 11 == 0),
          Map.entry("XI", VatNumber::unitedKingdom));

  private static final Pattern NUMERIC = Pattern.compile("[0-9]+");

  /** What a digit at an odd place counts in Cyprus. */
  private static final int[] CYPRUS = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21};

  private static final String IRELAND = "WABCDEFGHIJKLMNOPQRSTUV";
  private static final String SPAIN_PEOPLE = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String SPAIN_COMPANIES = "JABCDEFGHI";
  private static final Pattern SPAIN_PERSON = Pattern.compile("[0-9KLMXYZ].*");

  /**
   * What may stand behind the number in Switzerland and in Norway, and says only that it is VAT.
   */
  private static final Pattern SUFFIX =
      Pattern.compile("(?<=^CHE[0-9]{9})(MWST|TVA|IVA)$|(?<=^NO[0-9]{9})MVA$");

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private VatNumber() {}

  /** A number in capitals without punctuation, in its one spelling. */
  static String canonical(String number) {
    String plain = SUFFIX.matcher(number).replaceFirst("");
    return plain.startsWith("GR") ? "EL" + plain.substring(2) : plain;
  }

  /**
   * Whether a number in capitals without punctuation has the form and check digits it must have.
   */
  static boolean checked(String number) {
    String prefix = number.substring(0, 2);
    String rest = number.substring(2);
    String form = FORMS.get(prefix);
    if (form == null) {
      // A country without rules here, or none at all.
      return COUNTRIES.contains(prefix);
    }
    Predicate<String> digits = DIGITS.get(prefix);
    return rest.matches(form) && (digits == null || digits.test(rest));
  }

  /**
   * ISO 3166-1 alpha-2. Greece and Northern Ireland have other letters in these numbers. EU stands
   * before the numbers of the one-stop shop for companies outside the European Union, which say
   * nothing of the company's country.
   */
  static Optional<String> country(String number) {
    return switch (number.substring(0, 2)) {
      case "EL" -> Optional.of("GR");
      case "XI" -> Optional.of("GB");
      case "EU" -> Optional.empty();
      default -> Optional.of(number.substring(0, 2));
    };
  }

  private static int last(String digits, int count) {
    return Integer.parseInt(digits.substring(digits.length() - count));
  }

  /** Whether 11 less the remainder of a sum is the digit at a place; 10 is the digit of none. */
  private static boolean rest11(int sum, String digits, int at) {
    return (11 - sum % 11) % 11 == digit(digits, at);
  }

  private static boolean austria(String number) {
    String d = number.substring(1);
    int sum = 0;
    for (int i = 0; i < 7; i++) {
      int product = digit(d, i) * (i % 2 + 1);
      sum += product / 10 + product % 10;
    }
    return (96 - sum) % 10 == digit(d, 7);
  }

  /** A person's number has ten digits. */
  private static boolean bulgaria(String d) {
    int rest = weighted(d, 1, 2, 3, 4, 5, 6, 7, 8) % 11;
    if (rest == 10) {
      rest = weighted(d, 3, 4, 5, 6, 7, 8, 9, 10) % 11;
    }
    return d.length() == 10 || rest % 10 == digit(d, 8);
  }

  private static boolean cyprus(String number) {
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += i % 2 == 0 ? CYPRUS[digit(number, i)] : digit(number, i);
    }
    return number.charAt(8) == 'A' + sum % 26;
  }

  /** The birth numbers of people have ten digits, and had nine without a check digit until 1953. */
  private static boolean czechia(String d) {
    if (d.length() == 10) {
      return Long.parseLong(d.substring(0, 9)) % 11 % 10 == digit(d, 9);
    }
    if (d.length() == 8) {
      int check = (11 - weighted(d, 8, 7, 6, 5, 4, 3, 2) % 11) % 11;
      return (check == 0 ? 1 : check % 10) == digit(d, 7);
    }
    // A person without a birth number.
    int rest = weighted(d.substring(1), 8, 7, 6, 5, 4, 3, 2) % 11;
    return d.charAt(0) != '6' || (18 - (10 - rest)) % 10 == digit(d, 8);
  }

  private static boolean spain(String number) {
    String middle = number.substring(1, 8);
    char last = number.charAt(8);
    if (SPAIN_PERSON.matcher(number).matches()) {
      // X, Y and Z stand for 0, 1 and 2; K, L and M for nothing.
      int first = "KLM".indexOf(number.charAt(0)) < 0 ? "XYZ".indexOf(number.charAt(0)) : 0;
      int serial =
          Integer.parseInt((first < 0 ? number.substring(0, 1) : Integer.toString(first)) + middle);
      return SPAIN_PEOPLE.charAt(serial % 23) == last;
    }
    int check = Character.isDigit(last) ? last - '0' : SPAIN_COMPANIES.indexOf(last);
    return check >= 0 && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(middle + check);
  }

  /** Numbers of departments and health authorities begin with letters, and have no check digits. */
  private static boolean unitedKingdom(String number) {
    if (!NUMERIC.matcher(number).matches()) {
      return true;
    }
    // Newer numbers are 55 off.
    int sum = weighted(number, 8, 7, 6, 5, 4, 3, 2, 10, 1);
    return sum % 97 == 0 || (sum + 55) % 97 == 0;
  }

  /** Older numbers have a letter or sign at the second place, and their first digit counts last. */
  private static boolean ireland(String number) {
    boolean older = !Character.isDigit(number.charAt(1));
    String digits = older ? "0" + number.substring(2, 7) + number.charAt(0) : number;
    int second = number.length() > 8 ? IRELAND.indexOf(number.charAt(8)) : 0;
    return IRELAND.charAt((weighted(digits, 8, 7, 6, 5, 4, 3, 2) + 9 * second) % 23)
        == number.charAt(7);
  }

  private static boolean lithuania(String d) {
    int last = d.length() - 1;
    int first = 0;
    int second = 0;
    for (int i = 0; i < last; i++) {
      first += digit(d, i) * (1 + i % 9);
      second += digit(d, i) * (1 + (i + 2) % 9);
    }
    return (first % 11 == 10 ? second : first) % 11 % 10 == digit(d, last);
  }

  /** The numbers of people begin with a digit up to 3. */
  private static boolean latvia(String d) {
    return d.charAt(0) <= '3' || weighted(d, 9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1) % 11 == 3;
  }

  private static boolean romania(String number) {
    String d = "0".repeat(10 - number.length()) + number;
    return 10 * weighted(d, 7, 5, 3, 2, 1, 7, 5, 3, 2) % 11 % 10 == digit(d, 9);
  }

  private static boolean slovenia(String d) {
    int check = 11 - weighted(d, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (check == 10 ? 0 : check) == digit(d, 7);
  }

  /** The key before a number of digits only follows from it; newer keys have letters. */
  private static boolean france(String number) {
    String siren = number.substring(2);
    String key = number.substring(0, 2);
    return !NUMERIC.matcher(key).matches()
        || (12 + 3 * (Integer.parseInt(siren) % 97)) % 97 == Integer.parseInt(key);
  }

  /** Numbers of sole proprietors follow ISO 7064 MOD 97-10 since 2020. */
  private static boolean netherlands(String number) {
    return weighted(number, 9, 8, 7, 6, 5, 4, 3, 2) % 11 == digit(number, 8)
        || CheckDigits.mod97("NL" + number) == 1;
  }

  private static boolean portugal(String d) {
    int rest = 11 - weighted(d, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
    return (rest > 9 ? 0 : rest) == digit(d, 8);
  }
}
