package io.keyturn.supplier;

import java.util.Locale;

/** The legal kind of a supplier. */
public enum SupplierType {
  COMPANY,
  INDIVIDUAL;

  /** The type as the API writes it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
