package io.keyturn.event;

import io.keyturn.organisation.OrganisationId;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an event: unique on the platform, the same each time it is told. Clients compare it and
 * send it back, and read nothing from it.
 *
 * @param sequence the number of the event in its organisation
 */
public record EventId(OrganisationId organisationId, long sequence) {
  private static final Pattern FORM = Pattern.compile("evt_([0-9a-f]{32})_(0|[1-9][0-9]{0,17})");

  /** The id in a text; nothing for another text. */
  static Optional<EventId> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String hex = matcher.group(1);
    UUID organisation =
        new UUID(
            Long.parseUnsignedLong(hex.substring(0, 16), 16),
            Long.parseUnsignedLong(hex.substring(16), 16));
    return Optional.of(
        new EventId(new OrganisationId(organisation), Long.parseLong(matcher.group(2))));
  }

  @Override
  public String toString() {
    return "evt_" + organisationId.toString().replace("-", "") + "_" + sequence;
  }
}
