package io.keyturn.problem;

/** A number with its noun, as messages say it. */
public final class Count {
  private Count() {}

  /**
   * The number and its noun: {@code 1 second}, {@code 2 seconds}.
   *
   * @param noun a noun whose plural ends in s
   */
  public static String of(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
