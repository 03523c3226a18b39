package io.keyturn.audit;

import java.util.Optional;

/**
 * What audit events say was done: an object and what became of it. The database holds the names as
 * text, and the API answers them: a name that was recorded must never change.
 */
public enum AuditAction {
  ADMINISTRATOR_INVITED,
  API_KEY_CREATED,
  API_KEY_CREATION_REPEATED,
  API_KEY_HANDED_OVER,
  API_KEY_LEAKED,
  API_KEY_POLICY_CHANGED,
  API_KEY_REFRESHED,
  API_KEY_REFRESH_REPEATED,
  API_KEY_RENAMED,
  API_KEY_RESTRICTED,
  API_KEY_REVEALED,
  API_KEY_REVOKED,
  API_KEY_SCOPES_CHANGED,
  AUDIT_LOG_EXPORTED,
  ONE_TIME_LINK_TAMPERED,
  ORGANISATION_CREATED,
  ORGANISATION_DELETED,
  ORGANISATION_EXPORTED,
  ORGANISATION_MADE_LENIENT,
  ORGANISATION_MADE_STRICT,
  ORGANISATION_RENAMED,
  ORGANISATION_RESUMED,
  ORGANISATION_SUSPENDED,
  PASSWORD_CHANGED,
  PASSWORD_RESET,
  PASSWORD_RESET_OFFERED,
  PLATFORM_CREATED,
  RENEWAL_NETWORKS_CHANGED,
  RENEWAL_REFUSED,
  RENEWAL_REPLACED,
  RENEWAL_SWITCHED_OFF,
  RENEWAL_SWITCHED_ON,
  ROLE_CHANGED,
  ROLE_CREATED,
  ROLE_DELETED,
  ROLE_TAMPERED,
  SIGNED_IN,
  SIGNED_OUT_EVERYWHERE,
  SIGN_IN_FAILED,
  SIGN_IN_REFUSED,
  USER_CREATED,
  USER_DEACTIVATED,
  USER_INVITATION_WITHDRAWN,
  USER_INVITED,
  USER_INVITED_AGAIN,
  USER_JOINED,
  USER_REACTIVATED,
  USER_REMOVED,
  USER_ROLE_CHANGED,
  USER_TAMPERED;

  /** The action of a recorded text; nothing for the text of another version. */
  public static Optional<AuditAction> of(String text) {
    for (AuditAction action : values()) {
      if (action.name().equals(text)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}
