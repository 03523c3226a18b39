package io.keyturn.supplier;

import io.keyturn.audit.AuditAction;
import java.util.Locale;

/** What can be done to a supplier. */
public enum SupplierAction {
  CREATED(AuditAction.SUPPLIER_CREATED),
  CHANGED(AuditAction.SUPPLIER_CHANGED),
  SUBMITTED(AuditAction.SUPPLIER_SUBMITTED),
  APPROVED(AuditAction.SUPPLIER_APPROVED),
  REJECTED(AuditAction.SUPPLIER_REJECTED),
  ARCHIVED(AuditAction.SUPPLIER_ARCHIVED),
  UNARCHIVED(AuditAction.SUPPLIER_UNARCHIVED);

  private final AuditAction audited;

  SupplierAction(AuditAction audited) {
    this.audited = audited;
  }

  /** The action as the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  AuditAction audited() {
    return audited;
  }
}
