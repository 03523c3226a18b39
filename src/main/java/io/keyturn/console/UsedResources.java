package io.keyturn.console;

import jakarta.faces.application.ResourceHandler;
import jakarta.faces.application.ResourceHandlerWrapper;
import jakarta.faces.context.FacesContext;
import java.util.Set;

/**
 * Leaves out of each page the files that PrimeFaces declares for most of its widgets, of which no
 * page has any: the files weigh 176 KB, compressed. What remains is jQuery and {@code core.js},
 * which send forms by Ajax, and the files of the chart. Record 0067.
 */
public class UsedResources extends ResourceHandlerWrapper {
  private static final Set<String> UNUSED =
      Set.of("components.css", "components.js", "jquery/jquery-plugins.js");

  public UsedResources(ResourceHandler wrapped) {
    super(wrapped);
  }

  /** Says of an unused file that the page has it already, so that Faces does not write it. */
  @Override
  public boolean isResourceRendered(FacesContext faces, String name, String library) {
    return "primefaces".equals(library) && UNUSED.contains(name)
        || super.isResourceRendered(faces, name, library);
  }
}
