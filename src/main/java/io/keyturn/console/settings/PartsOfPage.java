package io.keyturn.console.settings;

import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import java.util.Collection;
import org.primefaces.PrimeFaces;

/** The parts of a page that an act changes. Acts that several pages share name parts of all. */
final class PartsOfPage {
  private PartsOfPage() {}

  /** Shows these parts anew, where the page has them. */
  static void update(Collection<String> ids) {
    UIComponent page = FacesContext.getCurrentInstance().getViewRoot();
    ids.stream()
        .filter(id -> page.findComponent(id) != null)
        .forEach(id -> PrimeFaces.current().ajax().update(id));
  }
}
