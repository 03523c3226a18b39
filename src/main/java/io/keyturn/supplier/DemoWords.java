package io.keyturn.supplier;

import java.util.List;

/** The words from which demo suppliers are named. All of them are invented. */
final class DemoWords {
  private DemoWords() {}

  /** A line of business and the categories that go with it. */
  record Trade(String name, List<String> categories) {}

  /** A company's country, with its currency and a legal form. */
  record Home(String country, String currency, String legalForm) {}

  static final List<String> LOCATIONS =
      List.of(
          "Amsterdam", "Berlin", "Chicago", "Lisbon", "Madrid", "Singapore", "Warsaw", "Zürich");

  static final List<String> DEPARTMENTS =
      List.of("Facilities", "IT", "Logistics", "Marketing", "Production", "Research");

  static final List<Home> HOMES =
      List.of(
          new Home("DE", "EUR", "GmbH"),
          new Home("DE", "EUR", "KG"),
          new Home("NL", "EUR", "B.V."),
          new Home("FR", "EUR", "SAS"),
          new Home("ES", "EUR", "S.L."),
          new Home("PT", "EUR", "Lda."),
          new Home("PL", "PLN", "Sp. z o.o."),
          new Home("GB", "GBP", "Ltd"),
          new Home("US", "USD", "Inc."),
          new Home("US", "USD", "LLC"),
          new Home("CH", "CHF", "AG"),
          new Home("SE", "SEK", "AB"),
          new Home("DK", "DKK", "ApS"),
          new Home("SG", "SGD", "Pte. Ltd."));

  static final List<String> BRANDS =
      List.of(
          "Aldermoor",
          "Amberline",
          "Arkona",
          "Balmoral",
          "Bergstrom",
          "Birchgate",
          "Bluefjord",
          "Brightwater",
          "Cardinal",
          "Cedarfield",
          "Clearspan",
          "Copperleaf",
          "Dunmore",
          "Eastbrook",
          "Elmhurst",
          "Everline",
          "Falkenau",
          "Fairhaven",
          "Firstmile",
          "Granova",
          "Greywood",
          "Halberg",
          "Harborline",
          "Highgate",
          "Ironbridge",
          "Juniper",
          "Kestrel",
          "Kingsford",
          "Lakeshore",
          "Lindenhof",
          "Maplewood",
          "Meridian",
          "Millbrook",
          "Montclair",
          "Nordwind",
          "Northgate",
          "Oakridge",
          "Orion",
          "Pinecrest",
          "Quarryside",
          "Redstone",
          "Riverbend",
          "Rosenthal",
          "Silverton",
          "Stonebridge",
          "Sunfield",
          "Tidewater",
          "Valencia",
          "Vantage",
          "Westhaven");

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

  static final List<String> GIVEN_NAMES =
      List.of(
          "Agnes", "Bruno", "Clara", "David", "Elena", "Felix", "Greta", "Henrik", "Ines", "Jonas",
          "Katja", "Liam", "Marta", "Nils", "Olivia", "Pedro", "Rosa", "Simon", "Teresa", "Victor");

  static final List<String> FAMILY_NAMES =
      List.of(
          "Almeida",
          "Bakker",
          "Carvalho",
          "Dekker",
          "Eriksen",
          "Fischer",
          "Garcia",
          "Hansen",
          "Ivanova",
          "Jansen",
          "Keller",
          "Lindqvist",
          "Moreau",
          "Nowak",
          "Okafor",
          "Petrov",
          "Quinn",
          "Romano",
          "Schneider",
          "Tanaka",
          "Ulrich",
          "Vermeer",
          "Weber",
          "Xavier",
          "Yilmaz",
          "Zimmer",
          "Ashworth",
          "Brennan",
          "Costa");
}
