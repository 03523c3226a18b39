package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.datafaker.Faker;
import org.junit.jupiter.api.Test;

/**
 * Writes the companies and people of the demo suppliers by Datafaker, from a fixed seed. The server
 * reads the file only, so that the WAR does not carry Datafaker's lists of all languages.
 */
class DemoFileTest {
  private static final Path FILE =
      Path.of("src/main/resources/io/keyturn/supplier/demo-suppliers.tsv");

  private static final int COUNT = 500;
  private static final long SEED = 20_260_301;

  /** Where firms are at home; the first of them the most often. */
  private record Home(String locale, String country, String currency, String legalForm) {
    String language() {
      return Locale.forLanguageTag(locale).getLanguage();
    }
  }

  private static final List<Home> HOMES =
      List.of(
          new Home("de", "DE", "EUR", "GmbH"),
          new Home("nl", "NL", "EUR", "B.V."),
          new Home("fr", "FR", "EUR", "SAS"),
          new Home("pl", "PL", "PLN", "Sp. z o.o."),
          new Home("es", "ES", "EUR", "S.L."),
          new Home("en-US", "US", "USD", "Inc."),
          new Home("de-CH", "CH", "CHF", "AG"),
          new Home("en-GB", "GB", "GBP", "Ltd"),
          new Home("it", "IT", "EUR", "S.r.l."),
          new Home("sv", "SE", "SEK", "AB"),
          new Home("pt", "PT", "EUR", "Lda."),
          new Home("cs-CZ", "CZ", "CZK", "s.r.o."),
          new Home("hu", "HU", "HUF", "Kft."),
          new Home("tr", "TR", "TRY", "A.Ş."),
          new Home("ar", "AE", "AED", "ش.ذ.م.م"),
          new Home("he", "IL", "ILS", "בע\"מ"),
          new Home("ja", "JP", "JPY", "株式会社"));

  /** Names that programs get wrong: by line in the file. */
  private static final Map<Integer, String> AWKWARD =
      Map.of(
          77, "=Sum & Partners",
          123, "O'Neill \"Quoted\" Foods, Ltd; Export",
          177, "Straße & Söhne Ærøskøbing",
          233, "Nguyễn Thị Ánh Textiles",
          277, "x".repeat(3) + " " + "Very Long Name ".repeat(12).strip(),
          333, "1e5",
          377, "null");

  private final Random random = new Random(SEED);
  private final Map<String, Faker> fakers = new HashMap<>();

  private Faker faker(Home home) {
    return fakers.computeIfAbsent(
        home.locale(),
        locale -> new Faker(Locale.forLanguageTag(locale), new Random(SEED + locale.hashCode())));
  }

  private String text() {
    List<String> lines = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= COUNT; i++) {
      Home home = HOMES.get((int) (Math.pow(random.nextDouble(), 2) * HOMES.size()));
      Faker faker = faker(home);
      int trade = random.nextInt(DemoWords.TRADES.size());
      boolean company = random.nextInt(10) > 0;
      String contact = clean(faker.name().firstName() + " " + faker.name().lastName());
      String name = AWKWARD.get(i);
      if (name == null && i % 60 == 0) {
        // Two firms may have the same name.
        name = names.get(i - 31);
        company = true;
      } else if (name == null) {
        name = company ? company(faker, trade) : contact;
      }
      names.add(name);
      // Some have no address, and so no country.
      boolean homeless = i % 25 == 0;
      String domain = slug(name) + "-" + i + ".example";
      lines.add(
          String.join(
              "\t",
              name,
              company ? name + " " + home.legalForm() : name,
              company ? "company" : "individual",
              home.language(),
              homeless ? "" : home.country(),
              clean(faker.address().streetName() + " " + (1 + random.nextInt(120))),
              clean(faker.address().postcode()),
              clean(faker.address().cityName()),
              home.currency(),
              domain,
              contact,
              slug(contact) + "@" + domain,
              clean(faker.job().title()),
              Integer.toString(trade)));
    }
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private String company(Faker faker, int trade) {
    String first = clean(faker.name().lastName());
    String second = clean(faker.name().lastName());
    return first
        + (random.nextBoolean() ? "-" : " & ")
        + second
        + " "
        + DemoWords.TRADES.get(trade).name();
  }

  private static String clean(String text) {
    return Names.clean(text.replaceAll("\\s+", " "));
  }

  /** Letters and digits for an address. */
  private static String slug(String text) {
    String plain =
        Normalizer.normalize(text, Normalizer.Form.NFD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9 -]", "")
            .strip()
            .replaceAll("[ -]+", "-");
    String cut = plain.length() > 30 ? plain.substring(0, 30) : plain;
    String slug = cut.replaceAll("^-+|-+$", "");
    return slug.isEmpty() ? "supplier" : slug;
  }

  @Test
  void fileIsWhatDatafakerWrites() throws IOException {
    String text = text();
    Path written = Path.of("target/demo-suppliers.tsv");
    Files.writeString(written, text);

    assertThat(Files.readString(FILE))
        .as("%s is made here: cp %s %s", FILE, written, FILE)
        .isEqualTo(text);
  }
}
