package io.keyturn.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller of the running request. The verification filter sets it. */
@RequestScoped
public class CurrentCaller {
  private @Nullable Caller caller;

  public void set(Caller caller) {
    this.caller = caller;
  }

  public Optional<Caller> find() {
    return Optional.ofNullable(caller);
  }

  /**
   * The caller.
   *
   * @throws IllegalStateException when there is none; the filters allow that for anonymous methods
   *     only
   */
  public Caller get() {
    if (caller == null) {
      throw new IllegalStateException("no caller");
    }
    return caller;
  }
}
