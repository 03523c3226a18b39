package io.keyturn;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * What some tests need of the machine. Where it is not installed they are skipped with one line on
 * the console, unless {@code -Dkeyturn.tools=required}.
 */
final class Tools {
  private Tools() {}

  static Path orSkip(String name, Optional<Path> found) {
    if (found.isEmpty()) {
      if (System.getProperty("keyturn.tools", "optional").equals("required")) {
        throw new AssertionError("keyturn.tools=required, but there is no " + name);
      }
      System.out.println("The tests with " + name + " are skipped: it is not installed.");
      Assumptions.abort("no " + name);
    }
    return found.get();
  }
}
