package io.keyturn.console;

import io.keyturn.usage.ClientSighting;
import java.util.List;

/** How many callers used a secret, in words. */
public final class ClientCountText {
  private ClientCountText() {}

  /** One of the rows may stand for all callers that have none of their own. */
  public static String sentence(List<ClientSighting> callers) {
    if (callers.isEmpty()) {
      return "Nobody used the current secret in the last day.";
    }
    long named = callers.stream().filter(caller -> !caller.others()).count();
    String who =
        named < callers.size()
            ? "More than " + named + " callers"
            : named == 1 ? "One caller" : named + " callers";
    return who + " used the current secret in the last day, and must get the new one.";
  }
}
