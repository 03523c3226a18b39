package io.keyturn.supplier;

import java.util.Locale;

/** What a supplier is in law. */
public enum SupplierType {
  COMPANY,
  INDIVIDUAL;

  /** As it is written in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
