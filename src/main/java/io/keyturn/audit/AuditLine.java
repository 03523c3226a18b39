package io.keyturn.audit;

import io.keyturn.json.JsonText;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An audit event as a line of the audit file: the event as the API answers it, with its
 * organisation, and with its MAC, by which a verification can name it.
 *
 * @param organisation its domain
 * @param mac 64 hexadecimal digits
 */
public record AuditLine(
    UUID organisationId,
    String organisation,
    long sequence,
    Instant at,
    String action,
    AuditEventView.ActorView actor,
    AuditEventView.SubjectView subject,
    Map<String, String> details,
    String mac) {
  /** What JSON allows in a text, but a terminal or a reader of lines may obey. */
  private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  /**
   * The line of an event.
   *
   * @param domain of the organisation
   */
  static AuditLine of(AuditEvent event, String domain) {
    AuditEventView view = AuditEventView.of(event);
    return new AuditLine(
        event.organisationId().value(),
        domain,
        view.sequence(),
        view.at(),
        view.action(),
        view.actor(),
        view.subject(),
        view.details(),
        HexFormat.of().formatHex(event.mac()));
  }

  /** One line of visible characters, without its end. */
  String text() {
    return visible(JsonText.of(this));
  }

  /** JSON that says the same, in one line of visible characters. */
  static String visible(String json) {
    return OBEYED
        .matcher(json)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found
                        .group()
                        .chars()
                        .mapToObj("\\u%04x"::formatted)
                        .collect(Collectors.joining())));
  }
}
