package io.keyturn.console;

import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import java.io.Serializable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a page reads once for an act, and once more to show it, because the act may have changed it.
 *
 * @param <T> what is read
 */
public final class Reading<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  private transient @Nullable T value;
  private transient boolean shown;

  /** What was read; from the source where it was not read for this purpose. */
  public T get(Supplier<T> source) {
    boolean showing =
        FacesContext.getCurrentInstance().getCurrentPhaseId() == PhaseId.RENDER_RESPONSE;
    T read = value;
    if (read == null || showing && !shown) {
      shown = showing;
      read = source.get();
      value = read;
    }
    return read;
  }

  /** Forgets what was read. */
  public void forget() {
    value = null;
  }
}
