package io.keyturn.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.ReceivedMail;
import io.keyturn.support.Visitor;
import io.keyturn.support.Visitor.Page;
import io.keyturn.support.WebhookReceiver;
import jakarta.json.JsonObject;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices by mail, received by a real mail server. */
class NoticeMailsHttpIT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private final Control control = SERVER.control();
  private final NoticedOrganisation organisation = new NoticedOrganisation(SERVER);

  /** Later tests count mails. */
  @AfterEach
  void forgetWaitingMails() {
    control.sql("DELETE FROM notice_mail WHERE organisation_id = " + organisation.id());
  }

  private static List<MimeMessage> received(String email) {
    return Stream.of(PlatformServer.MAIL.getReceivedMessages())
        .filter(mail -> to(mail).equals(email))
        .toList();
  }

  private static String to(MimeMessage mail) {
    try {
      return mail.getRecipients(RecipientType.TO)[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> states() {
    return organisation.mails().stream().map(mail -> mail.getString("state")).sorted().toList();
  }

  private void choose(String email, Channel channel) {
    Visitor person = organisation.visitor(email);
    Page profile = person.open("/profile");
    String field = profile.group("name=\"(choices:[A-Za-z0-9_]+:0:channel)\"");
    Map<String, String> fields = new HashMap<>();
    for (NoticeKind kind : NoticeKind.values()) {
      fields.put(field.replace(":0:", ":" + kind.ordinal() + ":"), channel.name());
    }
    Page saved = person.press(profile, "choices", "choices:save", fields, "choices messages");
    assertThat(saved.html()).contains("Saved.");
  }

  @Test
  void eachPersonGetsOneMailInBothForms() throws Exception {
    String manager = organisation.person("manager", "KEY_MANAGER");
    String viewer = organisation.person("viewer", "VIEWER");
    Key key = organisation.key("<img src=x> \"Müller\"");
    organisation.expireIn3Days(key);
    for (int i = 0; i < 3; i++) {
      control.notices();
    }

    assertThat(received(viewer)).isEmpty();
    for (String email : List.of(organisation.admin(), manager)) {
      assertThat(received(email)).hasSize(1);
      MimeMessage mail = received(email).get(0);
      String link =
          "http://"
              + organisation.domain()
              + ".localhost:"
              + SERVER.port()
              + "/settings/api-key?id=";
      assertThat(mail.getSubject())
          .startsWith(organisation.domain() + ": The key “<img src=x> \"Müller\"” expires on ");
      assertThat(mail.getContentType()).startsWith("multipart/alternative");
      assertThat(mail.getHeader("Content-Language")).containsExactly("en");
      assertThat(ReceivedMail.plain(mail))
          .contains("The key “<img src=x> \"Müller\"” expires on ")
          .contains(link + key.id())
          .contains("/profile")
          .doesNotContain(key.secret());
      assertThat(ReceivedMail.html(mail))
          .contains("&lt;img src=x&gt; &quot;Müller&quot;")
          .contains("<a href=\"" + link + key.id() + "\">")
          .doesNotContain("<img")
          .doesNotContain(key.secret());
    }
    assertThat(states()).containsExactly("SENT", "SENT");
  }

  /** The whole address of a webhook may be a secret. */
  @Test
  void receiverThatIsGoneIsToldByTheHostOfItsAddress() throws Exception {
    Key key =
        control.key(
            Control.wish()
                .in(organisation.domain())
                .scopes("webhooks:read webhooks:manage api-keys:read events:read"));
    try (WebhookReceiver receiver = new WebhookReceiver().answering(410)) {
      String id =
          post(key, "", "{\"url\":\"" + receiver.url() + "\"}")
              .json()
              .getJsonObject("webhook")
              .getString("id");
      post(key, "/" + id + "/test", "");

      Eventually.within(
          Duration.ofSeconds(40),
          () -> {
            control.notices();
            assertThat(received(organisation.admin())).hasSize(1);
          });
      MimeMessage mail = received(organisation.admin()).get(0);
      assertThat(mail.getSubject())
          .contains("The webhook http://127.0.0.1:" + receiver.port() + " was disabled");
      assertThat(ReceivedMail.plain(mail)).contains("410").doesNotContain("/hook ");
    }
  }

  private static Answer post(Key key, String path, String body) {
    Answer answer =
        SERVER
            .api()
            .post(
                "/api/v1/webhooks" + path,
                "application/json",
                body,
                "Authorization",
                "Bearer " + key.secret());
    assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    return answer;
  }

  @Test
  void mailIsInTheLanguageOfItsPerson() throws Exception {
    control.sql("UPDATE app_user SET language = 'de' WHERE email = '" + organisation.admin() + "'");
    organisation.expireIn3Days(organisation.key("Über <ERP>"));
    control.notices();

    assertThat(received(organisation.admin())).hasSize(1);
    MimeMessage mail = received(organisation.admin()).get(0);
    assertThat(mail.getHeader("Content-Language")).containsExactly("de");
    assertThat(mail.getSubject()).contains("Der API-Schlüssel „Über <ERP>“ läuft am ");
    assertThat(ReceivedMail.plain(mail))
        .contains("Legen Sie ein späteres Ende fest")
        .contains("Sie erhalten diese E-Mail");
    assertThat(ReceivedMail.html(mail))
        .contains("<html lang=\"de\">")
        .contains("„Über &lt;ERP&gt;“");
  }

  @Test
  void severalNoticesAtOnceAreOneMailForEachPerson() {
    String manager = organisation.person("manager", "KEY_MANAGER");
    for (int i = 0; i < 25; i++) {
      organisation.key("key " + i);
    }
    control.sql(
        "UPDATE api_key SET expires_at = %s, expiry_notice_at = %s WHERE organisation_id = %s"
            .formatted(
                Control.time(control.now().plus(Duration.ofDays(3))),
                Control.time(control.now()),
                organisation.id()));
    Eventually.within(
        Duration.ofSeconds(30),
        () -> {
          control.wake();
          assertThat(control.actionsOn("key 24")).contains("API_KEY_EXPIRING");
        });
    control.notices();

    assertThat(organisation.told("KEY_EXPIRING")).hasSize(2 * 25);
    for (String email : List.of(organisation.admin(), manager)) {
      assertThat(received(email)).hasSize(1);
      assertThat(ReceivedMail.plain(received(email).get(0)))
          .contains("Further new notices in the console: 5.");
    }
  }

  @Test
  void noticesThatFollowSoonGoTogetherAQuarterOfAnHourLater() throws Exception {
    organisation.expireIn3Days(organisation.key("first"));
    control.notices();
    for (String name : List.of("second", "third")) {
      organisation.expireIn3Days(organisation.key(name));
      control.notices();
    }

    assertThat(received(organisation.admin())).hasSize(1);
    assertThat(states()).containsExactly("SENT", "WAITING");

    organisation.mailsAreDue();
    control.notices();

    List<MimeMessage> mails = received(organisation.admin());
    assertThat(mails).hasSize(2);
    assertThat(mails.get(1).getSubject()).endsWith("and one more notice");
    assertThat(ReceivedMail.plain(mails.get(1)))
        .contains("“second”", "“third”")
        .doesNotContain("“first”");
  }

  @Test
  void digestTellsAllOfADayInOneMail() throws Exception {
    choose(organisation.admin(), Channel.DIGEST);
    for (String name : List.of("first", "second")) {
      organisation.expireIn3Days(organisation.key(name));
      control.notices();
    }
    assertThat(received(organisation.admin())).isEmpty();
    JsonObject digest = organisation.mails().get(0);
    assertThat(
            control
                .sql(
                    "SELECT CAST(EXTRACT(EPOCH FROM planned_at) AS BIGINT) AS s FROM notice_mail"
                        + " WHERE organisation_id = "
                        + organisation.id())
                .get(0)
                .getString("s"))
        .satisfies(s -> assertThat(Long.parseLong(s) % 86_400).isEqualTo(6 * 3_600));
    assertThat(digest.getString("digest_on")).matches("\\d{4}-\\d\\d-\\d\\d");

    organisation.mailsAreDue();
    control.notices();
    control.notices();

    assertThat(received(organisation.admin())).hasSize(1);
    MimeMessage mail = received(organisation.admin()).get(0);
    assertThat(mail.getSubject()).isEqualTo("Notices of " + organisation.domain() + ": 2 are new");
    assertThat(ReceivedMail.plain(mail)).contains("“first”", "“second”");
  }

  @Test
  void whatWasReadOrSwitchedOffMeanwhileIsNotMailed() {
    choose(organisation.admin(), Channel.DIGEST);
    String manager = organisation.person("manager", "KEY_MANAGER");
    choose(manager, Channel.DIGEST);
    String leaver = organisation.person("leaver", "KEY_MANAGER");
    choose(leaver, Channel.DIGEST);
    organisation.expireIn3Days(organisation.key("ERP"));
    control.notices();

    NoticedOrganisation.read(organisation.visitor(organisation.admin()), "all");
    choose(manager, Channel.OFF);
    control.changeRole(leaver, "VIEWER");
    organisation.mailsAreDue();
    control.notices();

    assertThat(states()).containsExactly("EMPTY", "EMPTY", "EMPTY");
    assertThat(Stream.of(organisation.admin(), manager, leaver))
        .allSatisfy(email -> assertThat(received(email)).isEmpty());
  }

  @Test
  void failedMailIsSentLaterAndIsStillOneNotice() {
    PlatformServer.MAIL.stop();
    try {
      organisation.expireIn3Days(organisation.key("ERP"));
      control.notices();
    } finally {
      PlatformServer.MAIL.start();
    }
    assertThat(organisation.mails().get(0).getString("state")).isEqualTo("WAITING");
    assertThat(organisation.mails().get(0).getString("attempts")).isEqualTo("1");

    organisation.mailsAreDue();
    control.notices();
    control.notices();

    assertThat(received(organisation.admin())).hasSize(1);
    assertThat(organisation.told("KEY_EXPIRING")).containsExactly("admin");
    assertThat(states()).containsExactly("SENT");
  }

  @Test
  void afterTwelveMailsInADayTheRestWaitsForTheDigest() {
    for (int i = 1; i <= 12; i++) {
      control.sql(
          ("INSERT INTO notice_mail (id, organisation_id, user_id, state, attempts, planned_at)"
                  + " VALUES ('%s', %s, (SELECT id FROM app_user WHERE email = '%s'), 'SENT', 1,"
                  + " %s)")
              .formatted(
                  UUID.randomUUID(),
                  organisation.id(),
                  organisation.admin(),
                  Control.time(control.now().minus(Duration.ofHours(i)))));
    }
    organisation.expireIn3Days(organisation.key("ERP"));
    control.notices();

    assertThat(received(organisation.admin())).isEmpty();
    assertThat(organisation.copies("")).hasSize(1);
    assertThat(organisation.mails())
        .filteredOn(mail -> mail.getString("state").equals("WAITING"))
        .singleElement()
        .satisfies(mail -> assertThat(mail.isNull("digest_on")).isFalse());
  }
}
