package io.keyturn.console.settings;

import io.keyturn.problem.ProblemException;
import java.io.Serializable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A duration as people enter it: a whole number and a unit. */
public class Span implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,9}");
  private static final List<ChronoUnit> UNITS =
      List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS);

  private String amount;
  private ChronoUnit unit;

  /**
   * A duration in the largest unit of which it is a whole number. A day is 24 hours.
   *
   * @param duration in whole seconds
   */
  Span(Duration duration) {
    unit =
        UNITS.stream()
            .filter(u -> duration.toSeconds() % seconds(u) == 0)
            .filter(u -> duration.toSeconds() > seconds(u) || u != ChronoUnit.DAYS)
            .findFirst()
            .orElse(ChronoUnit.HOURS);
    amount = Long.toString(duration.toSeconds() / seconds(unit));
  }

  private static long seconds(ChronoUnit unit) {
    return unit.getDuration().toSeconds();
  }

  /**
   * The duration that was entered.
   *
   * @param field the name of the field in a problem
   * @throws ProblemException 422 when the amount is not a whole number
   */
  Duration duration(String field) {
    String text = amount.strip();
    if (!AMOUNT.matcher(text).matches()) {
      throw ProblemException.invalid(field, "must be a whole number");
    }
    return unit.getDuration().multipliedBy(Long.parseLong(text));
  }

  /** The units to choose from. */
  public List<String> getUnits() {
    return UNITS.stream().map(Span::name).toList();
  }

  private static String name(ChronoUnit unit) {
    return unit.name().toLowerCase(Locale.ROOT);
  }

  public String getAmount() {
    return amount;
  }

  public void setAmount(String amount) {
    this.amount = amount;
  }

  public String getUnit() {
    return name(unit);
  }

  public void setUnit(String unit) {
    this.unit = ChronoUnit.valueOf(unit.toUpperCase(Locale.ROOT));
  }

  /** The duration as people read it: {@code 24 hours}. */
  @Override
  public String toString() {
    String name = name(unit);
    return amount + " " + (amount.equals("1") ? name.substring(0, name.length() - 1) : name);
  }
}
