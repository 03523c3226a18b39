package io.keyturn.supplier;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whether the organisation may buy from a supplier. */
public enum SupplierStatus {
  ACTIVE,
  UNAPPROVED,
  REJECTED,
  ARCHIVED;

  /** The status as the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status with this code. */
  public static Optional<SupplierStatus> of(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }
}
