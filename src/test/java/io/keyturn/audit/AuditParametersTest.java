package io.keyturn.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditParametersTest {
  private static final String[] NAMES = {"action", "actor", "subject", "from", "to", "after"};

  @Test
  void noneAskForAll() {
    assertThat(new AuditParameters().filter().asked()).isEmpty();
  }

  @Test
  void allAreTakenAsTheyStand() {
    AuditFilter filter =
        new AuditParameters(
                "API_KEY_REFRESHED",
                "a@demo.example",
                "ERP",
                "2026-03-01T12:00:00Z",
                "2026-03-02T00:00:00+02:00",
                "12")
            .filter();

    assertThat(filter)
        .isEqualTo(
            new AuditFilter(
                "API_KEY_REFRESHED",
                "a@demo.example",
                "ERP",
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2026-03-01T22:00:00Z"),
                12L));
    assertThat(filter.asked()).containsOnlyKeys(NAMES);
  }

  @ParameterizedTest
  @CsvSource({
    "action, api_key_refreshed",
    "action, ''",
    "action, A B",
    "actor, ''",
    "subject, 'a\tb'",
    "from, yesterday",
    "from, 2026-03-01",
    "to, +999999-01-01T00:00:00Z",
    "to, 1969-12-31T23:59:59Z",
    "after, -1",
    "after, 1.0",
    "after, 9999999999999999999"
  })
  void wrongOneIsNamed(String name, String value) {
    @Nullable String[] values = new @Nullable String[NAMES.length];
    for (int i = 0; i < NAMES.length; i++) {
      values[i] = NAMES[i].equals(name) ? value : null;
    }

    assertThatThrownBy(
            () ->
                new AuditParameters(
                        values[0], values[1], values[2], values[3], values[4], values[5])
                    .filter())
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.errors().get(0).field()).isEqualTo(name));
  }
}
