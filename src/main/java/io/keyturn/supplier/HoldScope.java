package io.keyturn.supplier;

import java.util.Locale;

/** What a hold keeps back. */
enum HoldScope {
  ALL,
  INVOICES,
  PAYMENTS;

  /** The scope as the API writes it. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
