package io.keyturn.supplier;

import io.keyturn.database.BulkTable;
import io.keyturn.organisation.OrganisationId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A word by which filters find a supplier. It follows from the supplier's row. */
@Entity
@IdClass(SupplierTerm.Key.class)
class SupplierTerm {

  /** What a term is. */
  enum Kind {
    TAG,
    CATEGORY,
    IDENTIFIER,
    DEPARTMENT,
    OWNER
  }

  static final BulkTable<SupplierTerm> TABLE =
      BulkTable.<SupplierTerm>named("supplier_term")
          .uuid("organisation_id", term -> term.organisationId.value())
          .uuid("supplier_id", term -> term.supplierId)
          .text("kind", term -> term.kind.name())
          .text("term", term -> term.term)
          .text("unique_term", term -> term.uniqueTerm)
          .text("label", term -> term.label);

  private static final int LONGEST_TAG = 200;

  @Id private OrganisationId organisationId;
  @Id private UUID supplierId;

  @Id
  @Enumerated(EnumType.STRING)
  @JdbcTypeCode(SqlTypes.VARCHAR)
  private Kind kind;

  @Id private String term;
  private @Nullable String uniqueTerm;

  private @Nullable String label;

  /** The identity of a row. */
  record Key(OrganisationId organisationId, UUID supplierId, Kind kind, String term) {}

  protected SupplierTerm() {}

  SupplierTerm(
      OrganisationId organisationId,
      UUID supplierId,
      Kind kind,
      String term,
      @Nullable String label) {
    this.organisationId = organisationId;
    this.supplierId = supplierId;
    this.kind = kind;
    this.term = term;
    this.uniqueTerm = kind == Kind.IDENTIFIER ? term : null;
    this.label = label;
  }

  /** The term of a tag. Some characters become many when they are folded, so it is cut. */
  static String tag(String tag) {
    String folded = Names.fold(tag);
    return folded.length() > LONGEST_TAG ? folded.substring(0, LONGEST_TAG) : folded;
  }

  /** Takes the label of the same word as it is now. */
  void relabel(SupplierTerm now) {
    label = now.label;
  }

  Key key() {
    return new Key(organisationId, supplierId, kind, term);
  }
}
