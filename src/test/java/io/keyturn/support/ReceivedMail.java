package io.keyturn.support;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads the two texts of a mail. */
public final class ReceivedMail {
  private ReceivedMail() {}

  /** The plain text. */
  public static String plain(MimeMessage mail) {
    return text(mail, 0, "text/plain");
  }

  /** The text in HTML. */
  public static String html(MimeMessage mail) {
    return text(mail, 1, "text/html");
  }

  private static String text(MimeMessage mail, int place, String type) {
    try {
      Part part = ((MimeMultipart) mail.getContent()).getBodyPart(place);
      if (!part.isMimeType(type)) {
        throw new AssertionError(part.getContentType() + " instead of " + type);
      }
      return String.valueOf(part.getContent()).replace("\r\n", "\n");
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
