package io.keyturn.user.invitation;

import io.keyturn.mail.Mail;
import io.keyturn.mail.MailText;
import io.keyturn.mail.Sent;
import io.keyturn.organisation.HostNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one-time links by mail. The link names the organisation's own host below the platform's
 * base domain, never the Host of the request.
 */
@ApplicationScoped
public class LinkMail {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ROOT)
          .withLocale(Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

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
    String who = by == null ? "The operator of this platform" : by;
    String link = origin.get() + path(invited);
    Sent sent =
        mail.send(
            invited.email(),
            invited.invitation() ? invitation(invited, who, link) : password(invited, who, link));
    // Whoever invites is then shown the link, and a second mail does no harm.
    return sent == Sent.UNCERTAIN ? Sent.FAILED : sent;
  }

  private static MailText invitation(IssuedLink invited, String who, String link) {
    return new MailText(Locale.ENGLISH, "Invitation to " + invited.organisation())
        .paragraph(
            "%s invites you to %s on Keyturn, as %s."
                .formatted(who, invited.organisation(), invited.role()))
        .paragraph(
            "Choose a name and a password here, until %s:"
                .formatted(TIME.format(invited.expiresAt())))
        .link("Accept the invitation", link)
        .paragraph("The link works once. If you do not expect this invitation, ignore this mail.");
  }

  private static MailText password(IssuedLink invited, String who, String link) {
    return new MailText(Locale.ENGLISH, "New password for " + invited.organisation())
        .paragraph(
            "%s lets you choose a new password for %s on Keyturn."
                .formatted(who, invited.organisation()))
        .paragraph("Choose it here, until %s:".formatted(TIME.format(invited.expiresAt())))
        .link("Choose a new password", link)
        .paragraph(
            "The link works once. Until you choose a new password, your old password works.");
  }

  /** The link as a URL, with the host when the host is known. */
  public String address(IssuedLink invited, HttpServletRequest request) {
    return hosts.origin(request, invited.organisationDomain()).orElse("") + path(invited);
  }

  private static String path(IssuedLink invited) {
    return "/invitation?token=" + invited.token().reveal();
  }
}
