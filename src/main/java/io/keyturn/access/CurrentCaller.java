package io.keyturn.access;

import io.keyturn.http.LogContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller of the running request. The verification filter sets it. */
@RequestScoped
public class CurrentCaller {
  private @Nullable Caller caller;

  /** Sets the caller, and names it in the log. */
  public void set(Caller caller) {
    this.caller = caller;
    LogContext.put("organisation", caller.organisationDomain());
    LogContext.put("api_key", caller.keyId().toString());
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
