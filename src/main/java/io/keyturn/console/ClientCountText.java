package io.keyturn.console;

import io.keyturn.usage.ClientSighting;
import java.util.List;

/** How many clients used a secret, in words. */
public final class ClientCountText {
  private ClientCountText() {}

  /**
   * A sentence with the number of clients. A row may stand for all clients that have no row of
   * their own.
   */
  public static String sentence(List<ClientSighting> clients) {
    if (clients.isEmpty()) {
      return "No client used the current secret in the last day.";
    }
    long named = clients.stream().filter(client -> !client.others()).count();
    String who =
        named < clients.size()
            ? "More than " + named + " clients"
            : named == 1 ? "One client" : named + " clients";
    return who + " used the current secret in the last day, and must get the new secret.";
  }
}
