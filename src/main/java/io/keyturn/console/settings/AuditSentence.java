package io.keyturn.console.settings;

import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditEventView;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes an audit event as a sentence. */
final class AuditSentence {
  /** Sentences for actions that the rule does not fit: %1$s is the actor, %2$s the subject. */
  private static final Map<AuditAction, String> IRREGULAR =
      Map.of(
          AuditAction.SIGNED_IN, "%1$s signed in",
          AuditAction.SIGN_IN_FAILED, "Somebody gave a wrong password for %2$s",
          AuditAction.PASSWORD_CHANGED, "%1$s changed their password",
          AuditAction.AUDIT_LOG_EXPORTED, "%1$s exported the audit log",
          AuditAction.SUPPLIERS_EXPORTED, "%1$s exported suppliers",
          AuditAction.API_KEY_EXPIRING, "The API key %2$s expires soon",
          AuditAction.API_KEY_RETIRED_SECRET_USED,
              "A retired secret of the API key %2$s is still used",
          AuditAction.USER_TAMPERED,
              "The user %2$s was changed in the database by somebody else: refused",
          AuditAction.ROLE_TAMPERED,
              "The role %2$s was changed in the database by somebody else: refused",
          AuditAction.ONE_TIME_LINK_TAMPERED,
              "A one-time link of %2$s was put into the database by somebody else: refused");

  private AuditSentence() {}

  /** A sentence without its full stop. */
  static String of(AuditEventView event) {
    String who = event.actor().name();
    String what = "“" + event.subject().name() + "”";
    Optional<String> irregular = AuditAction.of(event.action()).map(IRREGULAR::get);
    if (irregular.isPresent()) {
      return irregular.get().formatted(who, what);
    }
    String type = event.subject().type();
    String noun = type.equals("api_key") ? "API key" : type.replace('_', ' ');
    String action = event.action().toLowerCase(Locale.ROOT);
    // API_KEY_REFRESHED is said of an api_key, so the action is its name and a verb.
    if (action.startsWith(type + "_")) {
      String verb = action.substring(type.length() + 1).replace('_', ' ');
      return who + " " + verb + " " + noun + " " + what;
    }
    return who + ": " + action.replace('_', ' ') + ", " + noun + " " + what;
  }
}
