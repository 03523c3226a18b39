package io.keyturn.console.suppliers;

import io.keyturn.console.Messages;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierView;
import jakarta.faces.context.FacesContext;
import java.util.UUID;
import java.util.function.Function;

/**
 * Puts what is wrong with a supplier at the fields of its page.
 *
 * @param suppliers reads the supplier that has a value already
 */
record FieldMessages(
    FacesContext faces, SupplierFields fields, Function<UUID, SupplierView> suppliers) {
  /** The form of the supplier's data. */
  static final String FORM = "data:";

  /** Whether a problem is about fields. */
  static boolean areFor(ProblemException e) {
    return !e.errors().isEmpty() || e.takenField().isPresent();
  }

  /** Puts a problem at its fields, or above all where it is about none. */
  void tell(ProblemException e) {
    e.errors().forEach(error -> tell(error.field(), error.message()));
    e.takenField().ifPresent(field -> tell(field, taken(e)));
    if (!areFor(e)) {
      Messages.failure(faces, e.detail());
    }
  }

  /** Names the supplier that has a value which no two suppliers have. */
  private String taken(ProblemException e) {
    Object holder = e.members().get("id");
    if (holder == null) {
      return e.detail();
    }
    SupplierView other = suppliers.apply(UUID.fromString(holder.toString()));
    return "The supplier \"%s\" (%s, %s) has the same already."
        .formatted(other.name(), other.number(), other.status());
  }

  /** Puts a message at the field of a member of the API. */
  void tell(String member, String message) {
    Messages.atField(
        faces,
        member.equals("reason") ? "decision:reason" : FORM + fields.fieldId(member),
        message);
  }
}
