package io.keyturn.supplier;

import io.keyturn.database.BulkTable;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Something that was done to a supplier. A row is never updated. */
@Entity
@IdClass(SupplierChange.Key.class)
class SupplierChange {
  static final BulkTable<SupplierChange> TABLE =
      BulkTable.<SupplierChange>named("supplier_change")
          .uuid("organisation_id", change -> change.organisationId.value())
          .uuid("supplier_id", change -> change.supplierId)
          .integer("number", change -> change.number)
          .time("at", change -> change.at)
          .text("action", change -> change.action.name())
          .text("actor", change -> change.actor)
          .text("members", change -> change.members)
          .text("reason", change -> change.reason);

  @Id private OrganisationId organisationId;
  @Id private UUID supplierId;
  @Id private int number;
  private Instant at;

  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private SupplierAction action;

  private String actor;
  private String members;
  private @Nullable String reason;

  /** The changes of a supplier are numbered 1, 2, 3 …, one more than the version they led to. */
  record Key(OrganisationId organisationId, UUID supplierId, int number) {}

  protected SupplierChange() {}

  SupplierChange(
      Supplier supplier,
      Instant at,
      SupplierAction action,
      RecordedActor actor,
      String members,
      @Nullable String reason) {
    this.organisationId = supplier.organisationId();
    this.supplierId = supplier.id();
    this.number = supplier.version() + 1;
    this.at = at;
    this.action = action;
    this.actor = actor.format();
    this.members = members;
    this.reason = reason;
  }

  int number() {
    return number;
  }

  Instant at() {
    return at;
  }

  SupplierAction action() {
    return action;
  }

  RecordedActor actor() {
    return Objects.requireNonNull(RecordedActor.parse(actor));
  }

  /** A JSON object: each changed member with its values before and after. */
  String members() {
    return members;
  }

  /** Why it was done, in the words of who did it. */
  @Nullable String reason() {
    return reason;
  }
}
