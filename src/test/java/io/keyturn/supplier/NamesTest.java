package io.keyturn.supplier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

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

  @Test
  void cleanComposesAndTrimsAllUnicodeSpace() {
    assertThat(Names.clean("\u00a0\u2003 Zu\u0308rich AG\u3000\t\u200b")).isEqualTo("Zürich AG");
    assertThat(Names.clean("\u2003")).isEmpty();
  }
}
