package io.keyturn.console.settings;

import io.keyturn.audit.AuditEventView;
import io.keyturn.language.Texts;
import java.util.Locale;

/** Writes an audit event as a sentence. Each action has its own text. */
final class AuditSentence {
  private static final String EVENT = "audit_event.";

  private AuditSentence() {}

  /** A sentence without its full stop. An action that is no longer known is named as it is. */
  static String of(Texts texts, AuditEventView event) {
    String who = event.actor().name();
    String what = event.subject().name();
    String key = EVENT + event.action().toLowerCase(Locale.ROOT);
    if (texts.find(key).isPresent()) {
      return texts.get(key, who, what);
    }
    return texts.get(
        EVENT + "other", who, words(event.action()), words(event.subject().type()), what);
  }

  private static String words(String code) {
    return code.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
