package io.keyturn.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Limits the calls to the mail server: few at a time, and none for a while after a time-out. So a
 * mail server that hangs holds few server threads.
 */
@ApplicationScoped
class MailServer {
  private static final int AT_A_TIME = 8;

  /** A reply of a mail server that refuses something (RFC 5321 §4.2.1). */
  private static final Pattern REFUSAL = Pattern.compile("[45]\\d\\d");

  private static final long AFTER_SILENCE_MILLIS = 30_000;

  /** The mail server did not accept a connection, or did not answer, before the time-out. */
  static final class Silent extends MessagingException {
    private static final long serialVersionUID = 1L;

    Silent(MessagingException cause) {
      super("the mail server does not answer", cause);
    }
  }

  /**
   * The connection ended, or the mail server did not answer, after the mail was begun. The server
   * may have accepted it.
   */
  static final class Unanswered extends MessagingException {
    private static final long serialVersionUID = 1L;

    Unanswered(MessagingException cause) {
      super("the mail server has not said whether it accepted the mail", cause);
    }
  }

  /**
   * Hands a mail over to the mail server.
   *
   * @throws Unanswered when it is not known whether the server accepted the mail
   * @throws MessagingException when the server did not accept the mail
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException when no call
   *     was made
   */
  @Bulkhead(AT_A_TIME)
  @CircuitBreaker(
      requestVolumeThreshold = 2,
      failureRatio = 0.5,
      delay = AFTER_SILENCE_MILLIS,
      failOn = {Silent.class, Unanswered.class})
  void take(Transport transport, Optional<MailSettings.Login> login, MimeMessage message)
      throws MessagingException {
    try (transport) {
      if (login.isPresent()) {
        transport.connect(login.get().user(), login.get().password());
      } else {
        transport.connect();
      }
      message.saveChanges();
      hand(transport, message);
    } catch (Unanswered e) {
      throw e;
    } catch (MessagingException e) {
      throw silent(e) ? new Silent(e) : e;
    }
  }

  private static void hand(Transport transport, MimeMessage message) throws MessagingException {
    try {
      transport.sendMessage(message, message.getAllRecipients());
    } catch (MessagingException e) {
      throw e instanceof SendFailedException refusal && answered(refusal) ? e : new Unanswered(e);
    }
  }

  /** Whether the server has refused the mail. The end of the connection is reported alike. */
  private static boolean answered(SendFailedException refusal) {
    Address[] invalid = refusal.getInvalidAddresses();
    return (invalid != null && invalid.length > 0)
        || REFUSAL.matcher(String.valueOf(refusal.getMessage())).lookingAt();
  }

  private static boolean silent(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .limit(20)
        .anyMatch(SocketTimeoutException.class::isInstance);
  }
}
