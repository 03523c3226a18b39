package io.keyturn.notice;

import io.keyturn.language.Language;
import io.keyturn.language.Texts;
import io.keyturn.mail.Mail;
import io.keyturn.mail.MailText;
import io.keyturn.mail.Sent;
import io.keyturn.notice.NoticeMails.Claimed;
import io.keyturn.organisation.PublicAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/** Sends the mails that are due, one after the other, so that other mails have their turn. */
@ApplicationScoped
class NoticeMailer {
  private static final int LISTED = 20;

  /** After so many failures in a row, the mail server gets a rest until the next wake-up. */
  private static final int PATIENCE = 3;

  private static final ZoneId ZONE = ZoneId.of("UTC");

  @Inject private NoticeMails mails;
  @Inject private Mail mail;
  @Inject private PublicAddress address;

  /** Sends what is due. */
  void send() {
    int failures = 0;
    for (UUID id : mail.on() ? mails.due() : List.<UUID>of()) {
      Claimed claimed = mails.claim(id).orElse(null);
      if (claimed != null) {
        Sent outcome = mail.send(claimed.person().email(), text(claimed), id);
        mails.record(id, outcome);
        failures = outcome == Sent.SENT ? 0 : failures + 1;
      }
      if (failures == PATIENCE) {
        return;
      }
    }
  }

  private MailText text(Claimed claimed) {
    return text(
        claimed,
        claimed.person().language().orElse(Language.ENGLISH),
        address.origin(claimed.organisation().domain()));
  }

  static MailText text(Claimed claimed, Language language, String origin) {
    NoticeText says = new NoticeText(language, ZONE);
    Texts texts = says.texts();
    String organisation = claimed.organisation().name();
    List<NoticeRow> rows = claimed.rows();
    MailText text =
        new MailText(language.locale(), subject(claimed, says))
            .paragraph(texts.get("mail.intro", organisation));
    rows.stream()
        .limit(LISTED)
        .forEach(
            row ->
                text.part(says.title(row) + ".", says.text(row))
                    .link(texts.get("mail.details"), origin + NoticeText.path(row)));
    if (rows.size() > LISTED) {
      text.paragraph(texts.get("mail.more", rows.size() - LISTED));
    }
    return text.link(texts.get("mail.open"), origin + "/notices")
        .paragraph(texts.get("mail.why", organisation))
        .link(texts.get("mail.profile"), origin + "/profile");
  }

  private static String subject(Claimed claimed, NoticeText says) {
    Texts texts = says.texts();
    String organisation = claimed.organisation().name();
    int count = claimed.rows().size();
    if (claimed.digest()) {
      return texts.get("mail.digest", organisation, count);
    }
    String first = says.title(claimed.rows().get(0));
    return count == 1
        ? texts.get("mail.one", organisation, first)
        : texts.get("mail.few", organisation, first, count - 1);
  }
}
