package io.keyturn.audit;

import io.keyturn.audit.ChainReport.Break;
import io.keyturn.audit.ChainReport.BrokenLink;
import io.keyturn.audit.ChainReport.Link;
import io.keyturn.secret.Hmac;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Verifies a chain, from its first event to its head. It holds one page of events at a time. */
final class ChainWalk {
  /** The action of an organisation's first event. */
  static final AuditAction FIRST_ACTION = AuditAction.ORGANISATION_CREATED;

  /** The action of the first event of the platform's own chain. */
  static final AuditAction FIRST_OF_PLATFORM = AuditAction.PLATFORM_CREATED;

  private final AuditAction first;
  private final Hmac hmac;
  private final @Nullable Link noted;
  private long sequence;
  private byte[] macBefore = new byte[0];
  private @Nullable Link newest;

  /** Verifies an organisation's chain. */
  ChainWalk(Hmac hmac, @Nullable Link noted) {
    this(FIRST_ACTION, hmac, noted);
  }

  /**
   * Verifies a chain.
   *
   * @param first the action that the first event must have
   * @param noted a link that must be in the chain
   */
  ChainWalk(AuditAction first, Hmac hmac, @Nullable Link noted) {
    this.first = first;
    this.hmac = hmac;
    this.noted = noted;
  }

  /**
   * Verifies the chain, which may grow at its end meanwhile.
   *
   * @param events the first events from a number on, in order; empty after the last event
   * @param head the head's row as it is now
   */
  ChainReport walk(LongFunction<List<AuditEvent>> events, Supplier<Optional<AuditHead>> head) {
    long from = Long.MIN_VALUE;
    while (true) {
      // The head is read before the page. Every event that this head counts must then be in the
      // page.
      Optional<AuditHead> now = head.get();
      List<AuditEvent> page = events.apply(from);
      for (AuditEvent event : page) {
        Optional<BrokenLink> broken = next(event);
        if (broken.isPresent()) {
          return report(broken.get());
        }
      }
      if (page.isEmpty()) {
        return report(end(now).orElse(null));
      }
      from = sequence + 1;
    }
  }

  private Optional<BrokenLink> next(AuditEvent event) {
    long expected = sequence + 1;
    if (event.sequence() < expected) {
      return Optional.of(new BrokenLink(event.sequence(), Break.INSERTED));
    }
    if (event.sequence() > expected) {
      return Optional.of(new BrokenLink(expected, Break.MISSING));
    }
    if (!event.follows(macBefore, hmac)) {
      return Optional.of(new BrokenLink(expected, Break.ALTERED));
    }
    if (expected == 1 && !event.action().equals(first.name())) {
      return Optional.of(new BrokenLink(1, Break.RESTARTED));
    }
    Link link = Link.of(event);
    if (noted != null && noted.sequence() == expected && !noted.equals(link)) {
      return Optional.of(new BrokenLink(expected, Break.NOT_AS_NOTED));
    }
    sequence = expected;
    macBefore = event.macBeforeNext(hmac);
    newest = link;
    return Optional.empty();
  }

  private Optional<BrokenLink> end(Optional<AuditHead> head) {
    if (sequence == 0
        || head.filter(h -> h.sequence() > sequence).isPresent()
        || (noted != null && noted.sequence() > sequence)) {
      return Optional.of(new BrokenLink(sequence + 1, Break.TRUNCATED));
    }
    return head.filter(h -> h.fits(sequence, macBefore)).isPresent()
        ? Optional.empty()
        : Optional.of(new BrokenLink(sequence, Break.HEAD_ALTERED));
  }

  private ChainReport report(@Nullable BrokenLink broken) {
    return new ChainReport(sequence, newest, broken);
  }
}
