package io.keyturn.user.invitation;

import io.keyturn.http.RequestLanguage;
import io.keyturn.language.Language;
import io.keyturn.language.Texts;
import io.keyturn.mail.Mail;
import io.keyturn.mail.MailText;
import io.keyturn.mail.Sent;
import io.keyturn.organisation.HostNames;
import io.keyturn.user.BuiltInRole;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one-time links by mail. The link names the organisation's own host below the platform's
 * base domain, never the Host of the request.
 */
@ApplicationScoped
public class LinkMail {
  @Inject private Mail mail;
  @Inject private HostNames hosts;

  /**
   * Sends a link to its person.
   *
   * @param by the address of the person who created the link; null for the operator of the platform
   */
  public Sent send(IssuedLink invited, @Nullable String by, HttpServletRequest request) {
    if (!mail.on()) {
      return Sent.OFF;
    }
    Optional<String> origin = hosts.origin(request, invited.organisationDomain());
    if (origin.isEmpty()) {
      return Sent.NO_ADDRESS;
    }
    String link = origin.get() + path(invited);
    Sent sent = mail.send(invited.email(), text(invited, by, link, RequestLanguage.of(request)));
    // Whoever invites is then shown the link, and a second mail does no harm.
    return sent == Sent.UNCERTAIN ? Sent.FAILED : sent;
  }

  /** The text, in the language of whoever created the link: the other person's is not known yet. */
  static MailText text(IssuedLink invited, @Nullable String by, String link, Language language) {
    Texts texts = Texts.of("mails", language);
    String kind = invited.invitation() ? "invitation" : "password";
    String until =
        DateTimeFormatter.ofPattern(texts.get("time"), language.locale())
            .withZone(ZoneOffset.UTC)
            .format(invited.expiresAt());
    return new MailText(language.locale(), texts.get(kind + ".subject", invited.organisation()))
        .paragraph(
            texts.get(
                kind + ".intro",
                by == null ? texts.get("operator") : by,
                invited.organisation(),
                BuiltInRole.translated(invited.role(), Texts.of("pages", language))))
        .paragraph(texts.get(kind + ".choose", until))
        .link(texts.get(kind + ".accept"), link)
        .paragraph(texts.get(kind + ".once"));
  }

  /** The link as a URL, with the host when the host is known. */
  public String address(IssuedLink invited, HttpServletRequest request) {
    return hosts.origin(request, invited.organisationDomain()).orElse("") + path(invited);
  }

  private static String path(IssuedLink invited) {
    return "/invitation?token=" + invited.token().reveal();
  }
}
