package io.keyturn.console;

import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The root of a page's view. Its map travels with the page like the rest of the view's state. Faces
 * itself would keep the map in the session: it would lose it with the session, and create a session
 * for everybody who opens the sign-in page.
 */
public class PageView extends UIViewRoot {
  private @Nullable HashMap<String, Object> map;

  @Override
  public @Nullable Map<String, Object> getViewMap(boolean create) {
    if (map == null && create) {
      map = new HashMap<>();
    }
    return map;
  }

  @Override
  public Object saveState(FacesContext faces) {
    return new Object[] {super.saveState(faces), map};
  }

  @Override
  public void restoreState(FacesContext faces, @Nullable Object state) {
    if (state instanceof Object[] saved) {
      super.restoreState(faces, saved[0]);
      read(saved[1]);
    }
  }

  /** Restores the map before the components. */
  @Override
  public void restoreViewScopeState(FacesContext faces, @Nullable Object state) {
    if (state instanceof Object[] saved) {
      super.restoreViewScopeState(faces, saved[0]);
      read(saved[1]);
    }
  }

  @SuppressWarnings("unchecked")
  private void read(@Nullable Object saved) {
    map = (HashMap<String, Object>) saved;
  }
}
