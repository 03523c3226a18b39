package io.keyturn.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.keyturn.config.WrongSetting;
import io.keyturn.support.ScriptedMailServer;
import io.keyturn.support.TestConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of the mail server, and connections that are not what they must be. */
class MailTest {
  @TempDir private Path folder;

  private static MailText text() {
    return new MailText(Locale.ENGLISH, "subject").paragraph("text");
  }

  private static Sent send(GreenMail server, String protocol, String tls) {
    return mail((protocol.equals("smtps") ? server.getSmtps() : server.getSmtp()).getPort(), tls)
        .send("ada@example.com", text());
  }

  private static Mail mail(int port, String tls) {
    return new Mail(
        MailSettings.from(
            TestConfig.of(
                "keyturn.mail.host",
                "localhost",
                "keyturn.mail.port",
                Integer.toString(port),
                "keyturn.mail.from",
                "keyturn@example.com",
                "keyturn.mail.tls",
                tls)));
  }

  @ParameterizedTest
  @CsvSource({"smtp, none, SENT", "smtp, starttls, FAILED", "smtps, tls, FAILED"})
  void nothingIsSentWhereTlsIsAskedForAndNotThereOrNotTrusted(
      String protocol, String tls, Sent outcome) {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", protocol));
    server.start();
    try {
      assertThat(send(server, protocol, tls)).isEqualTo(outcome);
      assertThat(server.getReceivedMessages()).hasSize(outcome == Sent.SENT ? 1 : 0);
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({"ACCEPTS, SENT, 1", "HANGS_UP, UNCERTAIN, 1", "REFUSES, FAILED, 0"})
  void mailThatWasPerhapsAcceptedIsNeitherSentNorFailed(
      ScriptedMailServer.Manner manner, Sent outcome, int taken) throws IOException {
    try (ScriptedMailServer server = new ScriptedMailServer(manner)) {
      assertThat(mail(server.port(), "none").send("ada@example.com", text())).isEqualTo(outcome);
      assertThat(server.taken()).hasSize(taken);
    }
  }

  @Test
  void mailHasBothTextsAndTheSameIdAtEachAttempt() throws IOException {
    UUID id = UUID.randomUUID();
    MailText text =
        new MailText(Locale.GERMAN, "Müller\r\nBcc: evil@example.com").paragraph("<b>Grüße</b>");
    try (ScriptedMailServer server = new ScriptedMailServer(ScriptedMailServer.Manner.ACCEPTS)) {
      Mail mail = mail(server.port(), "none");
      mail.send("ada@example.com", text, id);
      mail.send("ada@example.com", text, id);

      assertThat(server.taken()).hasSize(2);
      assertThat(server.taken())
          .allSatisfy(
              taken ->
                  assertThat(taken)
                      .contains("Message-ID: <" + id + "@example.com>")
                      .contains("Content-Language: de")
                      .contains("Auto-Submitted: auto-generated")
                      .containsSubsequence("multipart/alternative", "text/plain", "text/html")
                      .doesNotContainPattern("(?m)^Bcc:"));
    }
  }

  @Test
  void withoutAHostThereIsNoMail() {
    Mail mail = new Mail(MailSettings.from(TestConfig.of()));

    assertThat(mail.on()).isFalse();
    assertThat(mail.send("ada@example.com", text())).isEqualTo(Sent.OFF);
  }

  @ParameterizedTest
  @CsvSource({"starttls, 587", "tls, 465", "none, 25"})
  void portFollowsTheProtection(String tls, int port) {
    MailSettings settings =
        MailSettings.from(
            TestConfig.of(
                "keyturn.mail.host", "mail.example.com",
                "keyturn.mail.from", "keyturn@example.com",
                "keyturn.mail.tls", tls));

    assertThat(settings.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @CsvSource({
    "keyturn.mail.host, not a host",
    "keyturn.mail.port, 0",
    "keyturn.mail.tls, perhaps",
    "keyturn.mail.from, nobody",
    "keyturn.mail.from, Name <a@b.example>",
    "keyturn.mail.password.file, /no/such/file"
  })
  void wrongSettingIsNamed(String name, String value) {
    String[] values = {
      "keyturn.mail.host", "mail.example.com", "keyturn.mail.from", "a@b.example", name, value
    };

    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> MailSettings.from(TestConfig.of(values)))
        .withMessageStartingWith(name.toUpperCase(Locale.ROOT).replace('.', '_') + ":");
  }

  @Test
  void senderMustBeGivenWhereThereIsAServer() {
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> MailSettings.from(TestConfig.of("keyturn.mail.host", "localhost")))
        .withMessage("KEYTURN_MAIL_FROM: must be set");
  }

  @Test
  void userAndPasswordGoTogetherAndThePasswordIsNeverPrinted() throws IOException {
    Path file = Files.writeString(folder.resolve("password"), "mail-password");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    String[] user = {
      "keyturn.mail.host", "localhost", "keyturn.mail.from", "a@b.example", "keyturn.mail.user", "u"
    };
    assertThatExceptionOfType(WrongSetting.class)
        .isThrownBy(() -> MailSettings.from(TestConfig.of(user)))
        .withMessageStartingWith("KEYTURN_MAIL_PASSWORD_FILE");
    MailSettings both =
        MailSettings.from(
            TestConfig.of(
                "keyturn.mail.host", "localhost",
                "keyturn.mail.from", "a@b.example",
                "keyturn.mail.user", "u",
                "keyturn.mail.password.file", file.toString()));

    assertThat(both.login().orElseThrow().password()).isEqualTo("mail-password");
    assertThat(both.toString()).doesNotContain("mail-password");
  }
}
