package io.keyturn.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with several fields, so that all of it is said at once. */
public final class FieldErrors {
  private final List<FieldError> errors = new ArrayList<>();
  private @Nullable ProblemException taken;

  /**
   * The value of a field.
   *
   * @param standIn the value to go on with where the field is wrong
   * @param value throws 422 where the field is wrong
   */
  public <T> T or(T standIn, Supplier<? extends T> value) {
    try {
      return value.get();
    } catch (ProblemException e) {
      add(e);
      return standIn;
    }
  }

  /** The value of a field that may be empty; null where it is wrong, too. */
  public <T> @Nullable T orNull(Supplier<? extends @Nullable T> value) {
    try {
      return value.get();
    } catch (ProblemException e) {
      add(e);
      return null;
    }
  }

  /**
   * Checks a field.
   *
   * @param check throws 422 where the field is wrong, 409 where another object has its value
   */
  public void check(Runnable check) {
    try {
      check.run();
    } catch (ProblemException e) {
      add(e);
    }
  }

  /**
   * Ends the checks.
   *
   * @throws ProblemException 422 for each field that was wrong; 409 where nothing else is wrong
   *     than that another object has a value
   */
  public void refuse() {
    ProblemException only = taken;
    if (only != null && errors.size() == 1) {
      throw only;
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private void add(ProblemException e) {
    if (e.takenField().isPresent()) {
      taken = e;
      errors.add(new FieldError(e.takenField().get(), e.detail()));
    } else if (e.errors().isEmpty()) {
      throw e;
    } else {
      errors.addAll(e.errors());
    }
  }

  /**
   * What all fields make together.
   *
   * @param value throws 422 where the values do not fit together
   * @throws ProblemException as {@link #refuse}
   */
  public <T> T all(Supplier<T> value) {
    T made = orNull(value);
    refuse();
    return Objects.requireNonNull(made);
  }
}
