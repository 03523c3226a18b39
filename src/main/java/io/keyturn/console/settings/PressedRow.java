package io.keyturn.console.settings;

import io.keyturn.http.Ids;
import io.keyturn.problem.ProblemException;
import jakarta.faces.context.FacesContext;
import java.util.UUID;

/**
 * The row of a table whose button was pressed. The button names the row by its id, because rows
 * move when other people create and revoke keys while the page is open.
 */
final class PressedRow {
  private PressedRow() {}

  /**
   * The id that the button sent.
   *
   * @param what the kind of object in the row, for the message
   * @throws ProblemException 404 when no id was sent
   */
  static UUID id(String what) {
    String sent =
        FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap().get("row");
    return Ids.inPath(what, String.valueOf(sent));
  }
}
