package io.keyturn.audit;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The result of verifying a chain.
 *
 * @param events how many events hold, from the first on
 * @param newest the last event that holds
 * @param broken the first link that does not hold; null when the chain is intact
 */
public record ChainReport(long events, @Nullable Link newest, @Nullable BrokenLink broken) {

  public boolean intact() {
    return broken == null;
  }

  /**
   * A link as an administrator can note it outside the database.
   *
   * @param mac 64 hexadecimal digits
   */
  public record Link(long sequence, String mac) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17}):([0-9a-f]{64})");

    static Link of(AuditEvent event) {
      return new Link(event.sequence(), HexFormat.of().formatHex(event.mac()));
    }

    /** The link in a text like {@code 123:9f…}. */
    public static Optional<Link> parse(String text) {
      Matcher matcher = TEXT.matcher(text);
      return matcher.matches()
          ? Optional.of(new Link(Long.parseLong(matcher.group(1)), matcher.group(2)))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return sequence + ":" + mac;
    }
  }

  /** The number of the first broken link, and how it is broken. */
  public record BrokenLink(long sequence, Break how) {

    /** The result as a sentence. */
    public String sentence() {
      return how.sentence.formatted(sequence);
    }
  }

  /** How a link can be broken. */
  public enum Break {
    MISSING("Event %d is missing: it was deleted."),
    ALTERED(
        "Event %d is not as it was written: it was changed or moved, or the events"
            + " before it are gone."),
    INSERTED("Event %d was inserted: no event ever had this number."),
    TRUNCATED("Event %d and all later events are missing."),
    HEAD_ALTERED(
        "The chain ends with event %d, but its head says otherwise: newer events were deleted, or"
            + " the head was changed."),
    RESTARTED(
        "Event %d is not the creation of the organisation: the events before it were"
            + " deleted, and a new chain was begun."),
    NOT_AS_NOTED("Event %d is not the event whose MAC was noted.");

    private final String sentence;

    Break(String sentence) {
      this.sentence = sentence;
    }
  }
}
