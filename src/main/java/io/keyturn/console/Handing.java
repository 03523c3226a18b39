package io.keyturn.console;

import io.keyturn.access.Scope;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.user.CurrentUser;
import org.primefaces.PrimeFaces;

/** Hands a secret to the browser in the answer to a POST; it is kept nowhere. */
final class Handing {
  private Handing() {}

  /** A strict organisation keeps nothing, so this answer is the one chance to see the secret. */
  static void once(CurrentUser current, IssuedSecret issued) {
    if (current.organisation().strict() && current.may(Scope.API_KEYS_REVEAL)) {
      over("once", issued);
    }
  }

  /**
   * Hands it over.
   *
   * @param purpose what the page's script does with it: copy, show or once
   */
  static void over(String purpose, IssuedSecret issued) {
    PrimeFaces.current().ajax().addCallbackParam("purpose", purpose);
    PrimeFaces.current().ajax().addCallbackParam("key", issued.keyId().toString());
    PrimeFaces.current().ajax().addCallbackParam("secret", issued.secret().reveal());
  }
}
