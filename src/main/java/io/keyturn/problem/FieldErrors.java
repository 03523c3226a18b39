package io.keyturn.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with several fields, so that all of it is said at once. */
public final class FieldErrors {
  private final List<FieldError> errors = new ArrayList<>();

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
   * @param check throws 422 where the field is wrong
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
   * @throws ProblemException 422 for each field that was wrong
   */
  public void refuse() {
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
  }

  private void add(ProblemException e) {
    if (e.errors().isEmpty()) {
      throw e;
    }
    errors.addAll(e.errors());
  }

  /**
   * What all fields make together.
   *
   * @param value throws 422 where the values do not fit together
   * @throws ProblemException 422 for each field that was wrong
   */
  public <T> T all(Supplier<T> value) {
    T made = null;
    try {
      made = value.get();
    } catch (ProblemException e) {
      add(e);
    }
    if (made == null || !errors.isEmpty()) {
      throw ProblemException.invalid(errors);
    }
    return made;
  }
}
