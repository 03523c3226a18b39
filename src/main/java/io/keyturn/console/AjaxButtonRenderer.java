package io.keyturn.console;

import jakarta.faces.context.FacesContext;
import org.primefaces.component.commandbutton.CommandButton;
import org.primefaces.component.commandbutton.CommandButtonRenderer;

/**
 * A button of PrimeFaces without its widget: a button of the browser that sends its form by Ajax.
 * The widget would bring {@link UsedResources 116 KB of script} to each page; that a button rests
 * while the server answers is a few lines of {@code keyturn.js}.
 */
public class AjaxButtonRenderer extends CommandButtonRenderer {
  @Override
  protected void encodeScript(FacesContext faces, CommandButton button) {
    // No widget.
  }
}
