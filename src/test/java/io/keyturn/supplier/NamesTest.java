package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

  @Test
  void sortKeyOrdersWithoutRegardToCaseAndAccents() {
    List<String> names = List.of("Zebra", "éclair", "Ärger", "apple", "Echo", "eclair 2", "zürich");

    assertThat(
            names.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(Names.sortKey(a), Names.sortKey(b))))
        .containsExactly("apple", "Ärger", "Echo", "éclair", "eclair 2", "Zebra", "zürich");
  }

  @Test
  void sortKeyIsBounded() {
    assertThat(Names.sortKey("\uFDFA".repeat(200))).hasSize(Names.MAX_SORT_KEY);
  }

  @Test
  void lowerMakesComposedAndDecomposedTextTheSame() {
    assertThat(Names.lower("Zu\u0308RICH")).isEqualTo(Names.lower("Z\u00fcrich"));
  }

  @Test
  void lowerKeepsAccents() {
    assertThat(Names.lower("Zürich")).isNotEqualTo(Names.lower("Zurich"));
  }

  @Test
  void foldIsTheSameInBothDirections() {
    assertThat(Names.fold("Straße ΟΔΟΣ")).isEqualTo(Names.fold("STRASSE οδός"));
    assertThat(Names.fold("İstanbul ılık")).isEqualTo("istanbul ilik");
    assertThat(Names.fold("Zu\u0308rich")).isEqualTo(Names.fold("ZÜRICH")).isEqualTo("zurich");
  }

  @ParameterizedTest
  @CsvSource({
    "κωσ, ΚΩΣΤΑΝΤΙΝΟΣ",
    "ΚΩΣ, Κωσταντίνος",
    "κως, Κωσταντίνος",
    "οδος, Οδός 5",
    "große, GROẞE MÜHLE",
    "GROẞE, Große Mühle",
    "grosse, GROẞE MÜHLE",
    "GROẞE, GROSSE MÜHLE",
  })
  void foldOfABeginningIsTheBeginningOfTheFold(String beginning, String name) {
    assertThat(Names.fold(name)).startsWith(Names.fold(beginning));
  }

  @Test
  void lowerMakesAllFormsOfTheSigmaTheSame() {
    assertThat(Names.lower("ΚΩΣ")).isEqualTo(Names.lower("κωσ")).isEqualTo(Names.lower("κως"));
  }

  @Test
  void cleanComposesAndTrimsAllUnicodeSpace() {
    assertThat(Names.clean("\u00a0\u2003 Zu\u0308rich AG\u3000\t\u200b")).isEqualTo("Zürich AG");
    assertThat(Names.clean("\u2003")).isEmpty();
  }
}
