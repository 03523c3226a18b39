package io.keyturn.supplier;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What demo suppliers are called. The companies and people stand in a file that Datafaker wrote;
 * all of them are invented.
 */
final class DemoWords {
  /** A line for each company or person, with tabs between the values. */
  private static final String FILE = "demo-suppliers.tsv";

  private DemoWords() {}

  /** A line of business and the categories that go with it. */
  record Trade(String name, List<String> categories) {}

  /**
   * A company or a person.
   *
   * @param country null for a supplier without an address
   * @param trade one of {@link #TRADES}
   */
  record Firm(
      String name,
      String legalName,
      boolean company,
      String language,
      @Nullable String country,
      String street,
      String postalCode,
      String city,
      String currency,
      String domain,
      String contact,
      String email,
      String jobTitle,
      Trade trade) {

    static Firm of(String line) {
      String[] values = line.split("\t", -1);
      return new Firm(
          values[0],
          values[1],
          values[2].equals("company"),
          values[3],
          values[4].isEmpty() ? null : values[4],
          values[5],
          values[6],
          values[7],
          values[8],
          values[9],
          values[10],
          values[11],
          values[12],
          TRADES.get(Integer.parseInt(values[13])));
    }
  }

  /** The most suppliers are at the first of them. */
  static final List<String> LOCATIONS =
      List.of(
          "Berlin", "Amsterdam", "Madrid", "Warsaw", "Zürich", "Chicago", "Singapore", "Lisbon");

  static final List<String> DEPARTMENTS =
      List.of("Production", "Logistics", "IT", "Facilities", "Marketing", "Research");

  static final List<Trade> TRADES =
      List.of(
          new Trade("Logistics", List.of("Logistics", "Freight")),
          new Trade("Packaging", List.of("Packaging")),
          new Trade("Steel", List.of("Raw materials", "Metals")),
          new Trade("Plastics", List.of("Raw materials", "Plastics")),
          new Trade("Software", List.of("Software", "IT services")),
          new Trade("Cloud", List.of("Hosting", "IT services")),
          new Trade("Cleaning", List.of("Facility services", "Cleaning")),
          new Trade("Catering", List.of("Food", "Facility services")),
          new Trade("Foods", List.of("Food")),
          new Trade("Print", List.of("Printing", "Marketing")),
          new Trade("Media", List.of("Marketing")),
          new Trade("Consulting", List.of("Consulting")),
          new Trade("Legal", List.of("Legal services", "Consulting")),
          new Trade("Staffing", List.of("Staffing")),
          new Trade("Energy", List.of("Utilities", "Energy")),
          new Trade("Electric", List.of("Electrical equipment")),
          new Trade("Tools", List.of("Tools", "Maintenance")),
          new Trade("Machinery", List.of("Machinery", "Maintenance")),
          new Trade("Office", List.of("Office supplies")),
          new Trade("Furniture", List.of("Office supplies", "Furniture")),
          new Trade("Textiles", List.of("Textiles", "Workwear")),
          new Trade("Chemicals", List.of("Raw materials", "Chemicals")),
          new Trade("Laboratories", List.of("Laboratory services")));

  /** All companies and people of the file. */
  static List<Firm> firms() {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DemoWords.class.getResourceAsStream(FILE)),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(Firm::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
