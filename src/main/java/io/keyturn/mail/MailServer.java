package io.keyturn.mail;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.MimeMessage;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * The conversation with the mail server. Few talk to it at a time, and nobody for a while after it
 * was silent, so that a mail server that hangs holds up few threads of ours.
 */
@ApplicationScoped
class MailServer {
  private static final int AT_A_TIME = 8;
  private static final long AFTER_SILENCE_MILLIS = 30_000;

  /** It took a connection, or should have, and said nothing until the time-out. */
  static final class Silent extends MessagingException {
    private static final long serialVersionUID = 1L;

    Silent(MessagingException cause) {
      super("the mail server does not answer", cause);
    }
  }

  /**
   * Hands over a mail.
   *
   * @throws MessagingException when it was not taken
   * @throws org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException when the
   *     server was not asked
   */
  @Bulkhead(AT_A_TIME)
  @CircuitBreaker(
      requestVolumeThreshold = 2,
      failureRatio = 0.5,
      delay = AFTER_SILENCE_MILLIS,
      failOn = Silent.class)
  void take(Transport transport, Optional<MailSettings.Login> login, MimeMessage message)
      throws MessagingException {
    try (transport) {
      if (login.isPresent()) {
        transport.connect(login.get().user(), login.get().password());
      } else {
        transport.connect();
      }
      message.saveChanges();
      transport.sendMessage(message, message.getAllRecipients());
    } catch (MessagingException e) {
      throw silent(e) ? new Silent(e) : e;
    }
  }

  private static boolean silent(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .limit(20)
        .anyMatch(SocketTimeoutException.class::isInstance);
  }
}
