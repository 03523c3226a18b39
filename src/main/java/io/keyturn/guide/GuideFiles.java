package io.keyturn.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The files of the documentation in the application. */
final class GuideFiles {
  private static final String FOLDER = "/docs/";

  /** The file that stands for its folder. */
  private static final String OF_FOLDER = "README.md";

  static final String FIRST = OF_FOLDER;

  private GuideFiles() {}

  /**
   * The text of a file; empty when there is none.
   *
   * @param name the path below {@code src/docs}
   */
  static Optional<String> text(String name) {
    try (InputStream file = GuideFiles.class.getResourceAsStream(FOLDER + name)) {
      return file == null
          ? Optional.empty()
          : Optional.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean isGuide(String name) {
    return name.endsWith(".md");
  }

  /** The address of a file below {@code /docs}, without the slash at its beginning. */
  static String path(String name) {
    if (!isGuide(name)) {
      return name;
    }
    if (name.equals(OF_FOLDER)) {
      return "";
    }
    return name.endsWith("/" + OF_FOLDER)
        ? name.substring(0, name.length() - OF_FOLDER.length() - 1)
        : name.substring(0, name.length() - ".md".length());
  }

  /**
   * The file to which a relative link leads; empty when it leads out of the documentation.
   *
   * @param from the file that has the link
   */
  static Optional<String> target(String from, String link) {
    Path target = Path.of(from).resolveSibling(link).normalize();
    return target.startsWith("..") || text(target.toString()).isEmpty()
        ? Optional.empty()
        : Optional.of(target.toString());
  }
}
