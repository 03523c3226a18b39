package io.keyturn.requestlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people enter into the filters of the request log. */
class RequestFilterTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static RequestFilter of(String name, String text) {
    return RequestFilter.of(Map.of(name, text), BERLIN);
  }

  @Test
  void nothingEnteredFiltersNothing() {
    assertThat(RequestFilter.of(Map.of("status", " ", "from", ""), BERLIN))
        .isEqualTo(RequestFilter.ALL);
  }

  @ParameterizedTest
  @CsvSource({"401, 401, 401", "4xx, 400, 499", "5XX, 500, 599"})
  void statusIsOneOrAClass(String text, int first, int last) {
    assertThat(of("status", text).statuses()).isEqualTo(new RequestFilter.Statuses(first, last));
  }

  @Test
  void timesAreThoseOfTheZone() {
    assertThat(of("from", "2026-01-15T01:30").from())
        .isEqualTo(Instant.parse("2026-01-15T00:30:00Z"));
    assertThat(of("to", "2026-01-15").to()).isEqualTo(Instant.parse("2026-01-15T23:00:00Z"));
  }

  @Test
  void millisecondsAndTheRequestIdAreRead() {
    String id = "8e8cbb70-4a7c-4d0e-9d5c-1f6b0c1f2a3b";
    assertThat(of("longest", "250").longest()).isEqualTo(Duration.ofMillis(250));
    assertThat(of("request_id", " " + id.toUpperCase(java.util.Locale.ROOT) + " ").requestId())
        .hasToString(id);
    assertThat(of("method", "post").method()).isEqualTo("POST");
    assertThat(of("address", "2001:DB8:0:0:0:0:0:1").address()).isEqualTo("2001:db8::1");
  }

  @ParameterizedTest
  @CsvSource({
    "status, 4x",
    "status, 600",
    "from, yesterday",
    "to, 2026-02-30",
    "request_id, 8e8cbb70",
    "longest, -1",
    "longest, 99999999999",
    "from, +20000-01-01",
    "path, a\u0007b"
  })
  void wrongTextIsNamed(String field, String text) {
    assertThatThrownBy(() -> of(field, text))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.errors()).extracting(FieldError::field).containsExactly(field));
  }

  @Test
  void allWrongTextsAreNamedAtOnce() {
    assertThatThrownBy(
            () -> RequestFilter.of(Map.of("status", "no", "from", "no", "longest", "no"), BERLIN))
        .isInstanceOfSatisfying(ProblemException.class, e -> assertThat(e.errors()).hasSize(3));
    assertThatThrownBy(
            () -> RequestFilter.of(Map.of("from", "2026-01-16", "to", "2026-01-15"), BERLIN))
        .isInstanceOf(ProblemException.class);
  }
}
