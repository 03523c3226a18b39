package io.keyturn.console;

import io.keyturn.access.Scope;
import io.keyturn.apikey.IssuedSecret;
import io.keyturn.renewal.IssuedRenewal;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import java.util.Set;
import org.primefaces.PrimeFaces;

/** Hands a secret to the browser in the answer to a POST. The secret is stored nowhere. */
public final class SecretHandover {
  private SecretHandover() {}

  /**
   * Hands over a new secret in an organisation in strict mode, where it cannot be shown again. A
   * person who may not reveal secrets, or who may do less than the key, gets a message instead: a
   * person with both rights can refresh the key and gets the next secret.
   *
   * @param scopes the scopes of the key
   */
  public static void once(CurrentUser current, IssuedSecret issued, Set<Scope> scopes) {
    if (!current.organisation().strict()) {
      return;
    }
    if (current.may(Scope.API_KEYS_REVEAL) && current.get().role().covers(scopes)) {
      over("once", issued);
    } else {
      Messages.success(
          FacesContext.getCurrentInstance(),
          "Its new secret is not shown to you: your role does not have all permissions"
              + " of the key, or the permission to see secrets. A person whose role has them"
              + " can refresh the key again and see the secret.");
    }
  }

  /** Hands over a renewal credential, whose secret cannot be shown again. */
  public static void renewal(IssuedRenewal issued) {
    PrimeFaces.current().ajax().addCallbackParam("purpose", "renewal");
    PrimeFaces.current().ajax().addCallbackParam("client", issued.clientId().toString());
    PrimeFaces.current().ajax().addCallbackParam("secret", issued.clientSecret().reveal());
  }

  /**
   * Hands the secret over.
   *
   * @param purpose what the page's script does with it: copy, show, once, snippet or try
   */
  public static void over(String purpose, IssuedSecret issued) {
    PrimeFaces.current().ajax().addCallbackParam("purpose", purpose);
    PrimeFaces.current().ajax().addCallbackParam("key", issued.keyId().toString());
    PrimeFaces.current().ajax().addCallbackParam("secret", issued.secret().reveal());
  }
}
