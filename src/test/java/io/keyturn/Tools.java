package io.keyturn;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What some tests need of the machine. Where it is not installed they are skipped with one line on
 * the console, unless {@code -Dkeyturn.tools=required}.
 */
final class Tools {
  private Tools() {}

  /** A program of that name on the path, or among those of administrators. */
  static Path program(String name) {
    String path =
        Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/sbin";
    return orSkip(
        name,
        Stream.of(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst());
  }

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
