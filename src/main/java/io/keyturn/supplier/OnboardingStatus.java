package io.keyturn.supplier;

import java.util.Locale;

/** How complete the data is that a supplier has handed in. */
public enum OnboardingStatus {
  NOT_STARTED,
  IN_PROGRESS,
  TO_REVIEW,
  COMPLETED;

  /** The status as the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
