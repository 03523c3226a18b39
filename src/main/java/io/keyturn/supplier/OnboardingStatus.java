package io.keyturn.supplier;

import java.util.Locale;

/** How far a supplier has come in handing in its data. */
public enum OnboardingStatus {
  NOT_STARTED,
  INVITED,
  IN_PROGRESS,
  COMPLETED;

  /** As it is written in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
