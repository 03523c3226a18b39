package io.keyturn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailTextTest {
  private static final String SECRET = "kt_live_" + "a".repeat(43) + "b".repeat(6);

  @Test
  void plainTextAndHtmlSayTheSame() {
    MailText text =
        new MailText(Locale.GERMAN, "Betreff")
            .paragraph("Ein Absatz.")
            .part("Titel", "Näheres")
            .link("Öffnen", "https://demo.example.com/notices?a=1&b=2");

    assertThat(text.plain())
        .isEqualTo(
            "Ein Absatz.\n\n* Titel\n  Näheres\n\nhttps://demo.example.com/notices?a=1&b=2\n");
    assertThat(text.html())
        .contains("<html lang=\"de\">")
        .contains("<p>Ein Absatz.</p>")
        .contains("Titel</h2>")
        .contains(">Näheres</p>")
        .contains("<a href=\"https://demo.example.com/notices?a=1&amp;b=2\">Öffnen</a>")
        .endsWith("</body></html>\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<script>x</script>", "\"><img src=x onerror=x>", "&lt;script&gt;"})
  void whatPeopleTypedIsNoHtml(String name) {
    String html =
        new MailText(Locale.ENGLISH, name).paragraph(name).part(name, name).link(name, name).html();

    assertThat(html)
        .doesNotContain("<script")
        .doesNotContain("<img")
        .doesNotContain("&lt;script&gt;x&lt;/script&gt;&lt;")
        .contains(
            "<p>"
                + name.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                + "</p>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029", "\u202e"})
  void whatPeopleTypedStaysInItsLine(String end) {
    MailText text =
        new MailText(Locale.ENGLISH, "a" + end + "Bcc: all@example.com")
            .paragraph("b" + end + end + "c");

    assertThat(text.subject())
        .doesNotContain(end)
        .startsWith("a ")
        .endsWith("Bcc: all@example.com");
    assertThat(text.plain()).startsWith("b ").endsWith("c\n").hasSizeLessThan(9);
    assertThat(text.html()).doesNotContain("b" + end);
  }

  @Test
  void secretIsNeverInAMail() {
    MailText text = new MailText(Locale.ENGLISH, SECRET).paragraph(SECRET).part(SECRET, SECRET);

    assertThat(text.subject() + text.plain() + text.html()).doesNotContain(SECRET);
  }

  @Test
  void longSubjectIsCutBetweenCharacters() {
    String subject = new MailText(Locale.ENGLISH, "😀".repeat(200)).subject();

    assertThat(subject.codePointCount(0, subject.length())).isEqualTo(150);
    assertThat(subject).endsWith("😀…");
  }
}
