package io.keyturn.supplier.identifier;

/** Sums over digits that several registers use. */
final class CheckDigits {
  private CheckDigits() {}

  /** The remainder of ISO 7064 MOD 97-10, with letters as 10 to 35: 1 where all is right. */
  static int mod97(String value) {
    int rest = 0;
    for (int i = 0; i < value.length(); i++) {
      int digit = Character.digit(value.charAt(i), 36);
      rest = (rest * (digit > 9 ? 100 : 10) + digit) % 97;
    }
    return rest;
  }

  /** Whether the last digit is right by ISO 7064 MOD 11,10. */
  static boolean mod11And10(String digits) {
    int product = 10;
    for (int i = 0; i < digits.length() - 1; i++) {
      int sum = (digit(digits, i) + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digit(digits, digits.length() - 1);
  }

  /** The sum of the first digits, each times its weight. */
  static int weighted(String digits, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += digit(digits, i) * weights[i];
    }
    return sum;
  }

  /** The digit at a place, counted from 0. */
  static int digit(String digits, int at) {
    return digits.charAt(at) - '0';
  }
}
