package io.keyturn.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The WAR as it is built, and as the tests deploy it. */
public final class TestWar {
  /** What is shipped. */
  public static final Path PLAIN = Path.of("target/keyturn.war").toAbsolutePath();

  private static final Path TEST_CLASSES = Path.of("target/test-classes").toAbsolutePath();
  private static @Nullable Path controlled;

  private TestWar() {}

  /** The WAR with the classes of the package {@code control} in it. */
  public static synchronized Path controlled() {
    if (controlled == null) {
      controlled = controlled(PLAIN, "controlled.war");
    }
    return controlled;
  }

  /**
   * Another build's WAR with the classes of the package {@code control} in it.
   *
   * @param other a WAR whose classes have the methods that those classes call
   * @param name of the new file
   */
  public static Path controlled(Path other, String name) {
    try (Stream<Path> classes = Files.walk(TEST_CLASSES.resolve("io/keyturn/control"))) {
      return with(
          other, name, classes.filter(p -> p.toString().endsWith(".class")).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The WAR with one class more. */
  public static Path with(String name, Class<?> added) {
    try {
      return with(
          PLAIN, name, List.of(TEST_CLASSES.resolve(added.getName().replace('.', '/') + ".class")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path with(Path plain, String name, List<Path> classes) throws IOException {
    Path war = Files.createDirectories(KeyturnServer.DIRECTORY).resolve(name);
    Files.copy(plain, war, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem zip = FileSystems.newFileSystem(war, Map.of())) {
      for (Path file : classes) {
        Path entry = zip.getPath("WEB-INF/classes", TEST_CLASSES.relativize(file).toString());
        Files.createDirectories(entry.getParent());
        try (InputStream bytes = Files.newInputStream(file)) {
          Files.copy(bytes, entry, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    return war;
  }
}
