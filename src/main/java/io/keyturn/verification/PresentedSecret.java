package io.keyturn.verification;

import io.keyturn.usage.Client;
import java.util.Optional;

/**
 * A secret as somebody presents it, with all that decides what it is worth.
 *
 * @param text what was sent as a secret; perhaps none
 * @param organisation the domain of the organisation that the key must belong to, if any: the Host
 *     or the key that asks names it
 * @param client who uses the secret, as it is noted and as the key's networks see it
 * @param sender the address that may send only so many wrong secrets
 */
record PresentedSecret(
    String text, Optional<String> organisation, Client client, String sender, Use use) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "PresentedSecret[" + client + ", " + use + "]";
  }
}
