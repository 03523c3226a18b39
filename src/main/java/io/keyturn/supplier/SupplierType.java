package io.keyturn.supplier;

import java.util.Locale;

/** The legal kind of a supplier. */
public enum SupplierType {
  COMPANY,
  INDIVIDUAL;

  private final String code = name().toLowerCase(Locale.ROOT);

  /** The type as the API writes it. */
  public String code() {
    return code;
  }
}
