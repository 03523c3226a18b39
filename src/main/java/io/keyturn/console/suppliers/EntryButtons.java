package io.keyturn.console.suppliers;

import io.keyturn.problem.ProblemException;
import jakarta.faces.context.FacesContext;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;

/**
 * The buttons that add and remove rows of a supplier's lists, and the radio buttons that choose a
 * row. A button names its list, or its list and row: {@code addresses.2}.
 */
final class EntryButtons {
  private EntryButtons() {}

  private record Pressed(EntryRows rows, int row) {}

  private static Pressed pressed(SupplierFields fields) {
    String[] sent = String.valueOf(parameter("row")).split("\\.", 2);
    EntryRows rows = fields.getLists().get(sent[0]);
    if (rows == null) {
      throw ProblemException.notFound("list");
    }
    return new Pressed(rows, sent.length < 2 ? -1 : number(sent[1]));
  }

  private static @Nullable String parameter(String name) {
    return FacesContext.getCurrentInstance()
        .getExternalContext()
        .getRequestParameterMap()
        .get(name);
  }

  private static int number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
  }

  /**
   * Adds a row, and puts the focus into it.
   *
   * @param form the id of the form, and a colon
   */
  static void add(SupplierFields fields, String form) {
    EntryRows rows = pressed(fields).rows();
    choosePrimaries(fields);
    rows.add();
    focus(form + rows.lastRowId());
  }

  /** Removes a row, and puts the focus on the button that adds rows. */
  static void remove(SupplierFields fields) {
    Pressed pressed = pressed(fields);
    choosePrimaries(fields);
    pressed.rows().remove(pressed.row());
    focus("add-" + pressed.rows().getName());
  }

  /** Reads the radio buttons. They stand in several rows, and no component of Faces does that. */
  static void choosePrimaries(SupplierFields fields) {
    fields
        .getLists()
        .values()
        .forEach(rows -> rows.choosePrimary(number(parameter("primary-" + rows.getName()))));
  }

  private static void focus(String id) {
    PrimeFaces.current().ajax().addCallbackParam("focus", id);
  }
}
