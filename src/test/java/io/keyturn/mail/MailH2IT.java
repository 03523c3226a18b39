package io.keyturn.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.RawHttp;
import io.keyturn.support.ReceivedMail;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import jakarta.json.JsonObject;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.internet.MimeMessage;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Invitations and new passwords by mail, received by a real mail server. */
class MailH2IT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private static final Control CONTROL = SERVER.control();
  private static final PlatformOperator OPERATOR = new PlatformOperator(SERVER);
  private static final String PASSWORD = "correct horse battery";

  private String organisation = "";
  private String admin = "";

  @BeforeEach
  void createOrganisation() throws Exception {
    PlatformServer.MAIL.purgeEmailFromAllMailboxes();
    organisation = CONTROL.organisation();
    admin = "admin@" + organisation;
    CONTROL.user(organisation, admin, "ADMINISTRATOR", PASSWORD);
  }

  private Page invite(String email) {
    Visitor administrator = new Visitor(SERVER).signIn(admin, PASSWORD);
    Page users = administrator.open("/settings/users");
    return administrator.press(
        users,
        "invite",
        "invite:invite",
        Map.of("invite:email", email, "invite:role", users.option("Key manager")),
        "messages users:table");
  }

  private static MimeMessage received() {
    assertThat(PlatformServer.MAIL.waitForIncomingEmail(10_000, 1)).isTrue();
    MimeMessage[] all = PlatformServer.MAIL.getReceivedMessages();
    assertThat(all).hasSize(1);
    return all[0];
  }

  private String path(String text) {
    Matcher link =
        Pattern.compile(
                "http://"
                    + organisation
                    + "\\.localhost:"
                    + SERVER.port()
                    + "(/invitation\\?token=[A-Za-z0-9_-]{43})")
            .matcher(text);
    assertThat(link.find()).as(text).isTrue();
    return link.group(1);
  }

  @Test
  void invitationIsMailedPlainAndInHtmlAndItsLinkLetsIn() throws Exception {
    String email = "ada@" + organisation;

    Page answer = invite(email);

    assertThat(answer.html())
        .contains("A mail with a link was sent to " + email)
        .doesNotContain("/invitation?token=");
    MimeMessage mail = received();
    String text = ReceivedMail.plain(mail);
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    assertThat(ReceivedMail.html(mail)).contains("<a href=\"http://").contains(path(text));
    assertThat(mail.getSubject()).isEqualTo("Invitation to " + organisation);
    assertThat(mail.getRecipients(RecipientType.TO))
        .extracting(Object::toString)
        .containsOnly(email);
    assertThat(mail.getFrom())
        .extracting(Object::toString)
        .containsOnly("keyturn@platform.example");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(text)
        .contains(admin + " invites you to " + organisation + " on Keyturn, as Key manager.")
        .contains("The link works once.");
    assertThat(new Visitor(SERVER).open(path(text)).html()).contains("form:follow").contains(email);
    assertThat(SERVER.logs())
        .doesNotContain(path(text).substring(18))
        .doesNotContain(PlatformServer.MAIL_PASSWORD);
  }

  @Test
  void newPasswordIsOfferedByMail() throws Exception {
    String email = "eve@" + organisation;
    CONTROL.user(organisation, email, "VIEWER", PASSWORD);
    Visitor administrator = new Visitor(SERVER).signIn(admin, PASSWORD);
    Page users = administrator.open("/settings/users");
    administrator.pressInRow(users, "data-user", email, "reset", "reset-dialog");

    Page done =
        administrator.press(users, "reset", "reset:confirm", Map.of(), "messages users:table");

    assertThat(done.html()).contains("A mail with a link was sent to " + email);
    MimeMessage mail = received();
    assertThat(mail.getSubject()).isEqualTo("New password for " + organisation);
    String text = ReceivedMail.plain(mail);
    assertThat(text).contains(admin + " lets you choose a new password for " + organisation);
    assertThat(new Visitor(SERVER).open(path(text)).html()).contains("Set Password");
  }

  @Test
  void administratorWhomTheOperatorInvitesGetsAMailInTheirOwnScript() throws Exception {
    organisation = "o" + UUID.randomUUID().toString().substring(0, 18);

    Answer created = OPERATOR.tryCreate(organisation, "Müller & Söhne", "boss@" + organisation);

    JsonObject invitation = created.json().getJsonObject("invitation");
    assertThat(invitation.getString("mail")).isEqualTo("sent");
    MimeMessage mail = received();
    assertThat(mail.getSubject()).isEqualTo("Invitation to Müller & Söhne");
    String text = ReceivedMail.plain(mail);
    assertThat(text).contains("The operator of this platform invites you to Müller & Söhne");
    assertThat(invitation.getString("link")).endsWith(path(text));
  }

  /** Settings with an I in their name count, whatever the language of the machine. */
  @Test
  void settingThatNobodyReadsIsNamedAtTheStartAndNoOther() {
    assertThat(SERVER.log())
        .contains(
            "KEYTURN_TRUSTED_PROXYS is set, but nothing reads it; did you mean"
                + " KEYTURN_TRUSTED_PROXIES?")
        .containsOnlyOnce("is set, but nothing reads it")
        .doesNotContain("192.0.2.1");
  }

  @Test
  void whereTheHostIsNotOfTheBaseDomainNoMailLeadsToIt() {
    String body = "{\"administrator_email\":\"boss@%s\"}".formatted(organisation);
    String id =
        CONTROL
            .sql("SELECT id FROM organisation WHERE domain = '%s'".formatted(organisation))
            .get(0)
            .getString("id");

    Answer answer =
        RawHttp.send(
            SERVER,
            """
            POST %s/%s/administrators HTTP/1.1
            Host: %s:%d
            Connection: close
            Authorization: Bearer %s
            Content-Type: application/json
            Content-Length: %d

            %s\
            """
                .formatted(
                    PlatformOperator.PATH,
                    id,
                    PlatformServer.OTHER_HOST,
                    SERVER.port(),
                    PlatformOperator.TOKEN,
                    body.length(),
                    body)
                .replace("\n", "\r\n"));

    assertThat(answer.json().getString("mail")).isEqualTo("no_address");
    assertThat(answer.json().getString("link")).startsWith("/invitation?token=");
    assertThat(PlatformServer.MAIL.getReceivedMessages()).isEmpty();
  }

  @Test
  void failureToSendLeavesTheInvitationAndShowsItsLink() {
    String email = "late@" + organisation;
    PlatformServer.MAIL.stop();
    Page answer;
    try {
      answer = invite(email);
    } finally {
      PlatformServer.MAIL.start();
    }

    assertThat(answer.html()).contains("The mail could not be sent");
    String link = answer.group("(/invitation\\?token=[A-Za-z0-9_-]{43})");
    assertThat(new Visitor(SERVER).open(link).html()).contains("form:follow").contains(email);
    assertThat(SERVER.log()).contains("a mail was not sent");
  }
}
