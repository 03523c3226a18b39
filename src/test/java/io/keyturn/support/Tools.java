package io.keyturn.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * What some tests need of the machine. Where it is not installed they are skipped with one line on
 * the console, unless {@code -Dkeyturn.tools=required}.
 */
public final class Tools {
  private Tools() {}

  /** A program of that name on the path, or among those of administrators. */
  public static Path program(String name) {
    return orSkip(name, find(name));
  }

  public static Path orSkip(String name, Optional<Path> found) {
    if (!isThere(name, found.isPresent())) {
      Assumptions.abort("no " + name);
    }
    return found.orElseThrow();
  }

  /**
   * Whether a test can use a tool. Says so where it is not there.
   *
   * @throws AssertionError where it is not there, and tools are required
   */
  public static boolean isThere(String name, boolean found) {
    if (!found) {
      if (System.getProperty("keyturn.tools", "optional").equals("required")) {
        throw new AssertionError("keyturn.tools=required, but there is no " + name);
      }
      System.out.println("The tests with " + name + " are skipped: it is not installed.");
    }
    return found;
  }

  /** A program in one of these folders, on the path, or among those of administrators. */
  public static Optional<Path> find(String name, Path... besides) {
    String path =
        Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/sbin";
    return Stream.concat(
            Arrays.stream(besides), Stream.of(path.split(File.pathSeparator)).map(Path::of))
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Runs a program to its end; answers what it printed, and fails with that when it fails. */
  public static String run(Path directory, Map<String, String> environment, List<String> command) {
    Ended ended = tryRun(directory, environment, command);
    if (ended.status() != 0) {
      throw new AssertionError(
          command.get(0) + " ended with " + ended.status() + "\n" + ended.output());
    }
    return ended.output();
  }

  /** What a program printed, and the status that it ended with. */
  public record Ended(int status, String output) {}

  public static Ended tryRun(
      Path directory, Map<String, String> environment, List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends a signal to processes. A child that has ended meanwhile is no failure. */
  public static void signal(String signal, List<Long> processes) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    processes.forEach(pid -> command.add(Long.toString(pid)));
    tryRun(Path.of("").toAbsolutePath(), Map.of(), command);
  }

  /** Deletes a directory with all that is in it, if it is there. */
  public static void delete(Path directory) {
    try {
      if (Files.exists(directory)) {
        try (Stream<Path> files = Files.walk(directory)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
