package io.keyturn.user.invitation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.language.Language;
import io.keyturn.mail.MailText;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LinkMailTest {
  private static final String LINK = "https://demo.example.com/invitation?token=x";

  private static MailText text(String organisation, boolean invitation, Language language) {
    return LinkMail.text(
        new IssuedLink(
            "ada@example.com",
            organisation,
            "demo",
            "Key manager",
            invitation,
            LinkToken.random(),
            Instant.parse("2026-03-04T12:00:00Z")),
        "boss@example.com",
        LINK,
        language);
  }

  @Test
  void invitationIsInGermanForWhoeverReadsGerman() {
    MailText text = text("Müller & Söhne", true, Language.GERMAN);

    assertThat(text.subject()).isEqualTo("Einladung zu Müller & Söhne");
    assertThat(text.plain())
        .startsWith("boss@example.com lädt Sie zu Müller & Söhne auf Keyturn ein.")
        .doesNotContain("Key manager")
        .contains("4. März 2026, 12:00 Uhr (UTC)", LINK);
    assertThat(text.html()).contains("<html lang=\"de\">", "Müller &amp; Söhne");
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void nameOfAnOrganisationIsNoHtmlAndNoHeader(Language language) {
    for (boolean invitation : new boolean[] {true, false}) {
      MailText text = text("<script>\r\nBcc: x", invitation, language);

      assertThat(text.html()).doesNotContain("<script");
      assertThat(text.subject()).doesNotContain("\r").doesNotContain("\n");
      assertThat(text.plain()).contains(LINK);
    }
  }
}
