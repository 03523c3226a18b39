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

/** One walk along a chain, from its first event to its head. Holds one page of it at a time. */
final class ChainWalk {
  /** An organisation's first event. */
  static final AuditAction FIRST_ACTION = AuditAction.ORGANISATION_CREATED;

  /** The first event of the chain of the platform itself. */
  static final AuditAction FIRST_OF_PLATFORM = AuditAction.PLATFORM_CREATED;

  private final AuditAction first;
  private final Hmac hmac;
  private final @Nullable Link noted;
  private long sequence;
  private byte[] macBefore = new byte[0];
  private @Nullable Link newest;

  /** Along an organisation's chain. */
  ChainWalk(Hmac hmac, @Nullable Link noted) {
    this(FIRST_ACTION, hmac, noted);
  }

  /**
   * @param first what the first event must be
   * @param noted a link that must be in the chain
   */
  ChainWalk(AuditAction first, Hmac hmac, @Nullable Link noted) {
    this.first = first;
    this.hmac = hmac;
    this.noted = noted;
  }

  /**
   * Walks on while the chain may grow at its end.
   *
   * @param events the first ones from a number on, in order; empty behind the last
   * @param head the head's row as it is now
   */
  ChainReport walk(LongFunction<List<AuditEvent>> events, Supplier<Optional<AuditHead>> head) {
    long from = Long.MIN_VALUE;
    while (true) {
      // Read before the page: whatever this head has seen, the page must have too.
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
