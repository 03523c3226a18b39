package io.keyturn.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.language.Language;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NoticeTextTest {
  private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-000000000001");
  private static final ZoneId UTC = ZoneId.of("UTC");

  static NoticeRow row(NoticeKind kind, String name, Map<String, String> facts) {
    return new NoticeRow(ID, kind, Instant.parse("2026-03-01T12:00:00Z"), ID, name, facts, false);
  }

  static Stream<NoticeRow> all() {
    return Stream.of(
        row(
            NoticeKind.KEY_EXPIRING,
            "ERP",
            Map.of("expires_at", "2026-03-15T12:00:00Z", "days", "14")),
        row(
            NoticeKind.RETIRED_SECRET_USED,
            "ERP",
            Map.of("number", "4", "accepted_until", "2026-03-01T13:00:00Z")),
        row(NoticeKind.DEAD_SECRET_USED, "ERP", Map.of("network", "203.0.113.0/24")),
        row(NoticeKind.DEAD_SECRET_USED, "ERP", Map.of()),
        row(NoticeKind.REFRESH_LATE, "", Map.of("keys", "3", "since", "2026-03-01T11:00:00Z")),
        row(NoticeKind.WEBHOOK_DISABLED, "https://a.example", Map.of("because", "BY_HAND")),
        row(NoticeKind.WEBHOOK_DISABLED, "https://a.example", Map.of("because", "GONE")),
        row(NoticeKind.WEBHOOK_DISABLED, "https://a.example", Map.of("because", "FAILING")),
        row(NoticeKind.WEBHOOK_DISABLED, "https://a.example", Map.of("because", "OWNER")),
        row(NoticeKind.INVITATION_ACCEPTED, "ada@example.com", Map.of()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void eachNoticeSaysAllItKnowsInEachLanguage(NoticeRow row) {
    for (Language language : Language.values()) {
      NoticeText says = new NoticeText(language, UTC);

      assertThat(says.title(row))
          .contains(row.subjectName())
          .doesNotContain("{")
          .doesNotEndWith(".");
      assertThat(says.text(row)).doesNotContain("{").endsWith(".");
      assertThat(NoticeText.path(row)).startsWith("/settings/");
    }
    NoticeText english = new NoticeText(Language.ENGLISH, UTC);
    NoticeText german = new NoticeText(Language.GERMAN, UTC);
    assertThat(english.title(row)).isNotEqualTo(german.title(row));
    assertThat(english.text(row)).isNotEqualTo(german.text(row));
  }

  @Test
  void timesAreWrittenAsTheLanguageDoesAndSayTheirZone() {
    NoticeRow row = all().findFirst().orElseThrow();

    assertThat(new NoticeText(Language.ENGLISH, UTC).title(row))
        .isEqualTo("The key “ERP” expires on March 15, 2026 at 12:00 (UTC)");
    assertThat(new NoticeText(Language.GERMAN, ZoneId.of("Europe/Berlin")).title(row))
        .isEqualTo(
            "Der API-Schlüssel „ERP“ läuft am 15. März 2026 um 13:00 Uhr (Europe/Berlin) ab");
  }

  /** A name is a parameter, and never a pattern. */
  @Test
  void bracesAndApostrophesOfANameStayAsTheyAre() {
    NoticeRow row = row(NoticeKind.INVITATION_ACCEPTED, "it's {0} %s", Map.of());

    assertThat(new NoticeText(Language.ENGLISH, UTC).title(row))
        .isEqualTo("it's {0} %s has accepted your invitation");
  }

  @ParameterizedTest
  @EnumSource(NoticeKind.class)
  void eachKindHasANameAndSomebodyWhoIsToldOfIt(NoticeKind kind) {
    assertThat(new NoticeText(Language.GERMAN, UTC).kind(kind)).isNotBlank();
    assertThat(Stream.of(kind.managing(), kind.owning())).anyMatch(scope -> scope != null);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T05:59:59Z, 2026-03-01",
    "2026-03-01T06:00:00Z, 2026-03-02",
    "2026-12-31T23:00:00Z, 2027-01-01"
  })
  void digestIsSentAtTheNextSixOClock(Instant time, LocalDate day) {
    assertThat(MailPlan.digestDay(time)).isEqualTo(day);
  }
}
