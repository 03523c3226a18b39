package io.keyturn.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Properties;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLContext;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

/**
 * Sends mails. Waits until the mail server has accepted the mail, or was silent for 10 seconds. Do
 * not call it in a database transaction.
 */
@ApplicationScoped
public class Mail {
  private static final Logger LOG = Logger.getLogger(Mail.class.getName());
  private static final String UTF_8 = StandardCharsets.UTF_8.name();
  private static final String CONNECT_MILLIS = "5000";
  private static final String ANSWER_MILLIS = "10000";

  private final MailSettings settings;
  @Inject private MailServer server;

  /** Creates the session from the configuration. */
  public Mail() {
    this(MailSettings.load());
  }

  Mail(MailSettings settings) {
    this.settings = settings;
    this.server = new MailServer();
  }

  /** Whether a mail server is configured. */
  public boolean on() {
    return settings.host().isPresent();
  }

  /** Sends a mail. A failure is returned, and logged without the text. */
  public Sent send(String to, MailText text) {
    return send(to, text, UUID.randomUUID());
  }

  /**
   * Sends a mail.
   *
   * @param id the same at each attempt, so that receivers can tell that it is the same mail
   */
  public Sent send(String to, MailText text, UUID id) {
    if (!on()) {
      return Sent.OFF;
    }
    try {
      Session session = Session.getInstance(properties());
      MimeMessage message = message(session, to, text, id);
      server.take(session.getTransport("smtp"), settings.login(), message);
      return Sent.SENT;
    } catch (FaultToleranceException e) {
      LOG.log(
          Level.WARNING,
          "a mail was not sent: the mail server did not answer lately, or too many"
              + " mails wait for it");
      return Sent.FAILED;
    } catch (MailServer.Unanswered e) {
      LOG.log(Level.WARNING, "it is not known whether a mail was sent: {0}", cause(e));
      return Sent.UNCERTAIN;
    } catch (MessagingException | GeneralSecurityException e) {
      LOG.log(Level.WARNING, "a mail was not sent: {0}", cause(e));
      return Sent.FAILED;
    }
  }

  private MimeMessage message(Session session, String to, MailText text, UUID id)
      throws MessagingException {
    String from = settings.from();
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + from.substring(from.indexOf('@')) + ">");
          }
        };
    message.setFrom(new InternetAddress(from));
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(to, true));
    message.setSubject(text.subject(), UTF_8);
    message.setContentLanguage(new String[] {text.language().toLanguageTag()});
    MimeBodyPart plain = new MimeBodyPart();
    plain.setText(text.plain(), UTF_8);
    MimeBodyPart html = new MimeBodyPart();
    html.setText(text.html(), UTF_8, "html");
    // The richest form stands last (RFC 2046 §5.1.4).
    message.setContent(new MimeMultipart("alternative", plain, html));
    // Prevents automatic replies (RFC 3834).
    message.setHeader("Auto-Submitted", "auto-generated");
    return message;
  }

  private Properties properties() throws GeneralSecurityException {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", settings.host().orElseThrow());
    properties.put("mail.smtp.port", Integer.toString(settings.port()));
    properties.put("mail.smtp.connectiontimeout", CONNECT_MILLIS);
    properties.put("mail.smtp.timeout", ANSWER_MILLIS);
    properties.put("mail.smtp.writetimeout", ANSWER_MILLIS);
    properties.put("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
    if (settings.tls() != MailSettings.Tls.NONE) {
      boolean atOnce = settings.tls() == MailSettings.Tls.TLS;
      properties.put("mail.smtp.ssl.enable", Boolean.toString(atOnce));
      properties.put("mail.smtp.starttls.enable", Boolean.toString(!atOnce));
      properties.put("mail.smtp.starttls.required", Boolean.toString(!atOnce));
      properties.put("mail.smtp.ssl.checkserveridentity", "true");
      properties.put("mail.smtp.ssl.socketFactory", trust().getSocketFactory());
    }
    return properties;
  }

  /** The JVM's own certificate authorities. The server's default would be its own key store. */
  private static SSLContext trust() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, null, null);
    return context;
  }

  /** The innermost reason, in one line. */
  private static String cause(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return (cause.getClass().getSimpleName() + " " + cause.getMessage()).replaceAll("\\s+", " ");
  }
}
