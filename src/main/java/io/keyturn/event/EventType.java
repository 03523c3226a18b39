package io.keyturn.event;

import io.keyturn.access.Scope;
import io.keyturn.audit.AuditAction;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The kinds of events that others are told of. */
public enum EventType {
  SUPPLIER_CREATED(
      "supplier.created",
      AuditAction.SUPPLIER_CREATED,
      Scope.SUPPLIERS_READ,
      "A supplier was created."),
  SUPPLIER_UPDATED(
      "supplier.updated",
      AuditAction.SUPPLIER_CHANGED,
      Scope.SUPPLIERS_READ,
      "Members of a supplier were changed."),
  SUPPLIER_SUBMITTED(
      "supplier.submitted",
      AuditAction.SUPPLIER_SUBMITTED,
      Scope.SUPPLIERS_READ,
      "A supplier waits for its approval."),
  SUPPLIER_APPROVED(
      "supplier.approved",
      AuditAction.SUPPLIER_APPROVED,
      Scope.SUPPLIERS_READ,
      "A supplier was approved."),
  SUPPLIER_REJECTED(
      "supplier.rejected",
      AuditAction.SUPPLIER_REJECTED,
      Scope.SUPPLIERS_READ,
      "A supplier was rejected."),
  SUPPLIER_ARCHIVED(
      "supplier.archived",
      AuditAction.SUPPLIER_ARCHIVED,
      Scope.SUPPLIERS_READ,
      "A supplier was archived."),
  SUPPLIER_UNARCHIVED(
      "supplier.unarchived",
      AuditAction.SUPPLIER_UNARCHIVED,
      Scope.SUPPLIERS_READ,
      "A supplier is no longer archived."),
  SUPPLIER_ONBOARDING_COMPLETED(
      "supplier.onboarding_completed",
      AuditAction.SUPPLIER_ONBOARDING_COMPLETED,
      Scope.SUPPLIERS_READ,
      "The onboarding of a supplier was completed."),
  SUPPLIER_IMPORT_FINISHED(
      "supplier_import.finished",
      AuditAction.SUPPLIER_IMPORT_FINISHED,
      // Events of this scope that name no location are told to no key that is limited to locations.
      Scope.SUPPLIERS_READ,
      "An import of suppliers was completed, or has stopped before its end."),
  LOCATION_CREATED(
      "location.created",
      AuditAction.LOCATION_CREATED,
      Scope.SUPPLIERS_READ,
      "A location was created."),
  LOCATION_RENAMED(
      "location.renamed",
      AuditAction.LOCATION_RENAMED,
      Scope.SUPPLIERS_READ,
      "A location was renamed."),
  DEPARTMENT_CREATED(
      "department.created",
      AuditAction.DEPARTMENT_CREATED,
      Scope.SUPPLIERS_READ,
      "A department was created."),
  DEPARTMENT_RENAMED(
      "department.renamed",
      AuditAction.DEPARTMENT_RENAMED,
      Scope.SUPPLIERS_READ,
      "A department was renamed."),
  CUSTOM_FIELD_CREATED(
      "custom_field.created",
      AuditAction.CUSTOM_FIELD_CREATED,
      Scope.SUPPLIERS_READ,
      "A custom field for suppliers was created."),
  API_KEY_CREATED(
      "api_key.created", AuditAction.API_KEY_CREATED, Scope.API_KEYS_READ, "A key was created."),
  API_KEY_REFRESHED(
      "api_key.refreshed",
      AuditAction.API_KEY_REFRESHED,
      Scope.API_KEYS_READ,
      "A key has a new secret. The previous secret stops working after its grace period."),
  API_KEY_REVOKED(
      "api_key.revoked", AuditAction.API_KEY_REVOKED, Scope.API_KEYS_READ, "A key was ended."),
  API_KEY_EXPIRING(
      "api_key.expiring",
      AuditAction.API_KEY_EXPIRING,
      Scope.API_KEYS_READ,
      "A key expires soon: told 14, 3 and 1 day before its planned end."),
  API_KEY_LEAKED(
      "api_key.leaked",
      AuditAction.API_KEY_LEAKED,
      Scope.API_KEYS_READ,
      "A key's secret was reported as leaked; all its secrets stopped working."),
  API_KEY_RETIRED_SECRET_USED(
      "api_key.retired_secret_used",
      AuditAction.API_KEY_RETIRED_SECRET_USED,
      Scope.API_KEYS_READ,
      "A retired secret is still used in the last quarter of its grace period."),
  API_KEY_RENAMED(
      "api_key.renamed", AuditAction.API_KEY_RENAMED, Scope.API_KEYS_READ, "A key was renamed."),
  API_KEY_SCOPES_CHANGED(
      "api_key.scopes_changed",
      AuditAction.API_KEY_SCOPES_CHANGED,
      Scope.API_KEYS_READ,
      "What a key may do was changed."),
  API_KEY_POLICY_CHANGED(
      "api_key.policy_changed",
      AuditAction.API_KEY_POLICY_CHANGED,
      Scope.API_KEYS_READ,
      "The policy by which a key's secret is refreshed was changed."),
  API_KEY_RESTRICTED(
      "api_key.restricted",
      AuditAction.API_KEY_RESTRICTED,
      Scope.API_KEYS_READ,
      "A key's restrictions or its planned end were changed."),
  API_KEY_HANDED_OVER(
      "api_key.handed_over",
      AuditAction.API_KEY_HANDED_OVER,
      Scope.API_KEYS_READ,
      "A key was handed over, because its creator has left."),
  API_KEY_RENEWAL_SWITCHED_ON(
      "api_key.renewal_switched_on",
      AuditAction.RENEWAL_SWITCHED_ON,
      Scope.API_KEYS_READ,
      "The renewal of a key by OAuth 2 was switched on."),
  API_KEY_RENEWAL_REPLACED(
      "api_key.renewal_replaced",
      AuditAction.RENEWAL_REPLACED,
      Scope.API_KEYS_READ,
      "The client of a key's renewal was replaced."),
  API_KEY_RENEWAL_NETWORKS_CHANGED(
      "api_key.renewal_networks_changed",
      AuditAction.RENEWAL_NETWORKS_CHANGED,
      Scope.API_KEYS_READ,
      "The networks of a key's renewal were changed."),
  API_KEY_RENEWAL_SWITCHED_OFF(
      "api_key.renewal_switched_off",
      AuditAction.RENEWAL_SWITCHED_OFF,
      Scope.API_KEYS_READ,
      "The renewal of a key by OAuth 2 was switched off."),
  WEBHOOK_DISABLED(
      "webhook.disabled",
      AuditAction.WEBHOOK_DISABLED,
      Scope.WEBHOOKS_READ,
      "A webhook was disabled, by a person, a key or because its deliveries failed."),
  USER_INVITED(
      "user.invited", AuditAction.USER_INVITED, Scope.AUDIT_LOG_READ, "A person was invited."),
  USER_INVITATION_WITHDRAWN(
      "user.invitation_withdrawn",
      AuditAction.USER_INVITATION_WITHDRAWN,
      Scope.AUDIT_LOG_READ,
      "An invitation was withdrawn."),
  USER_JOINED(
      "user.joined",
      AuditAction.USER_JOINED,
      Scope.AUDIT_LOG_READ,
      "A person accepted the invitation."),
  USER_CREATED(
      "user.created",
      AuditAction.USER_CREATED,
      Scope.AUDIT_LOG_READ,
      "A person was added without an invitation."),
  USER_ROLE_CHANGED(
      "user.role_changed",
      AuditAction.USER_ROLE_CHANGED,
      Scope.AUDIT_LOG_READ,
      "A person has another role."),
  USER_DEACTIVATED(
      "user.deactivated",
      AuditAction.USER_DEACTIVATED,
      Scope.AUDIT_LOG_READ,
      "A person was deactivated."),
  USER_REACTIVATED(
      "user.reactivated",
      AuditAction.USER_REACTIVATED,
      Scope.AUDIT_LOG_READ,
      "A person was reactivated."),
  USER_REMOVED(
      "user.removed", AuditAction.USER_REMOVED, Scope.AUDIT_LOG_READ, "A person was removed."),
  ROLE_CREATED(
      "role.created", AuditAction.ROLE_CREATED, Scope.AUDIT_LOG_READ, "A role was created."),
  ROLE_UPDATED(
      "role.updated",
      AuditAction.ROLE_CHANGED,
      Scope.AUDIT_LOG_READ,
      "The name or the rights of a role were changed."),
  ROLE_DELETED(
      "role.deleted", AuditAction.ROLE_DELETED, Scope.AUDIT_LOG_READ, "A role was deleted."),
  ORGANISATION_RENAMED(
      "organisation.renamed",
      AuditAction.ORGANISATION_RENAMED,
      Scope.AUDIT_LOG_READ,
      "The organisation was renamed."),
  ORGANISATION_MADE_STRICT(
      "organisation.made_strict",
      AuditAction.ORGANISATION_MADE_STRICT,
      Scope.AUDIT_LOG_READ,
      "The organisation keeps no secret that can be shown again."),
  ORGANISATION_MADE_LENIENT(
      "organisation.made_lenient",
      AuditAction.ORGANISATION_MADE_LENIENT,
      Scope.AUDIT_LOG_READ,
      "The organisation keeps secrets so that they can be shown again."),
  ORGANISATION_SUSPENDED(
      "organisation.suspended",
      AuditAction.ORGANISATION_SUSPENDED,
      Scope.AUDIT_LOG_READ,
      "The organisation was suspended; told when it is resumed."),
  ORGANISATION_RESUMED(
      "organisation.resumed",
      AuditAction.ORGANISATION_RESUMED,
      Scope.AUDIT_LOG_READ,
      "The organisation was resumed."),
  /** Each audit event, as the audit log has it: for webhooks alone, and there it stands alone. */
  AUDIT_RECORDED(
      "audit.recorded",
      null,
      Scope.AUDIT_LOG_READ,
      "Whatever was done: each event of the audit log, as the log has it.");

  /** The types that the feed has, too. */
  public static final Set<EventType> OF_FEED =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(AUDIT_RECORDED)));

  private final String code;
  private final @Nullable AuditAction action;
  private final Scope scope;
  private final String description;

  EventType(String code, @Nullable AuditAction action, Scope scope, String description) {
    this.code = code;
    this.action = action;
    this.scope = scope;
    this.description = description;
  }

  /** The code in the API, such as {@code api_key.refreshed}. */
  public String code() {
    return code;
  }

  /** The scope that a key or person needs to be told. */
  public Scope scope() {
    return scope;
  }

  public String description() {
    return description;
  }

  /** The type with this code. */
  public static Optional<EventType> of(String code) {
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  /** The type of a recorded action; nothing for an action that others are not told of. */
  static Optional<EventType> ofAction(String action) {
    return OF_FEED.stream()
        .filter(type -> type.action != null && type.action.name().equals(action))
        .findFirst();
  }

  /** The types of the feed that somebody with these scopes is told of. */
  public static Set<EventType> within(Collection<Scope> scopes) {
    return OF_FEED.stream()
        .filter(type -> scopes.contains(type.scope))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class)));
  }

  static Set<AuditAction> actions(Collection<EventType> types) {
    return types.stream()
        .flatMap(type -> Stream.ofNullable(type.action))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(AuditAction.class)));
  }

  /** The codes of types, in a fixed order, separated by spaces. */
  public static String format(Collection<EventType> types) {
    return types.stream().sorted().map(EventType::code).collect(Collectors.joining(" "));
  }

  /** The types in a text of {@link #format}. Codes that are no longer known are left out. */
  public static Set<EventType> parse(String text) {
    return List.of(text.split(" ", -1)).stream()
        .flatMap(code -> of(code).stream())
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(EventType.class)));
  }

  @Override
  public String toString() {
    return code;
  }
}
