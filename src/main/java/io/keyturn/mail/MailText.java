package io.keyturn.mail;

import io.keyturn.problem.SecretText;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The text of a mail, plain and in HTML, written from the same parts. The HTML is simple: it has no
 * picture, and nothing is loaded from anywhere. A text that people typed is never HTML, never
 * begins another line, and never holds a secret.
 */
public final class MailText {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="%s"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
      <title>%s</title></head>
      <body style="font: 16px/1.5 system-ui, sans-serif; max-width: 38em; margin: 1.5em auto; padding: 0 1em">
      """;

  private static final Pattern BREAKS =
      Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}\\u202a-\\u202e\\u2066-\\u2069]");
  private static final int LONGEST_SUBJECT = 150;

  private final Locale language;
  private final String subject;
  private final StringBuilder plain = new StringBuilder();
  private final StringBuilder html = new StringBuilder();

  /** Begins a text. */
  public MailText(Locale language, String subject) {
    this.language = language;
    this.subject = shortened(line(subject));
    html.append(HEAD.formatted(language.toLanguageTag(), escaped(this.subject)));
  }

  /** Adds a paragraph. */
  public MailText paragraph(String text) {
    String line = line(text);
    plain.append(line).append("\n\n");
    html.append("<p>").append(escaped(line)).append("</p>\n");
    return this;
  }

  /** Adds a part with a title. */
  public MailText part(String title, String text) {
    String head = line(title);
    String line = line(text);
    plain.append("* ").append(head).append("\n  ").append(line).append("\n\n");
    html.append("<h2 style=\"font-size: 1.05em; margin-bottom: 0\">")
        .append(escaped(head))
        .append("</h2>\n<p style=\"margin-top: .2em\">")
        .append(escaped(line))
        .append("</p>\n");
    return this;
  }

  /**
   * Adds a link.
   *
   * @param label what the link says in HTML; the plain text has the address itself
   */
  public MailText link(String label, String address) {
    plain.append(line(address)).append("\n\n");
    html.append("<p><a href=\"")
        .append(escaped(line(address)))
        .append("\">")
        .append(escaped(line(label)))
        .append("</a></p>\n");
    return this;
  }

  public Locale language() {
    return language;
  }

  public String subject() {
    return subject;
  }

  /** The plain text. */
  public String plain() {
    return plain.toString().stripTrailing() + "\n";
  }

  /** The same in HTML. */
  public String html() {
    return html + "</body></html>\n";
  }

  /**
   * A text in one line, in its own direction. A line end in a subject would begin another header
   * (RFC 5322 §2.2).
   */
  private static String line(String text) {
    return BREAKS.matcher(SecretText.hidden(text)).replaceAll(" ");
  }

  private static String shortened(String line) {
    if (line.codePointCount(0, line.length()) <= LONGEST_SUBJECT) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, LONGEST_SUBJECT - 1)) + "…";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
