package io.keyturn.console.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A program that makes the first call with a key. The programs are files below {@code /snippets},
 * so that whatever shows or runs them has them from one place. A program reads the secret from the
 * environment variable {@code KEYTURN_SECRET}, so that it does not stand in code; only the command
 * for curl has it.
 */
public enum Snippet {
  CURL("curl", "first-call.sh"),
  PYTHON("Python", "first_call.py"),
  JAVASCRIPT("JavaScript", "first-call.mjs"),
  JAVA("Java", "FirstCall.java"),
  SPRING("Spring", "SpringFirstCall.java");

  private final String label;
  private final String text;

  Snippet(String label, String file) {
    this.label = label;
    this.text = read("/snippets/" + file);
  }

  /** A snippet as the page shows it. */
  public record Shown(String id, String label, String text, boolean secret) {}

  private static String read(String path) {
    try (InputStream in = Snippet.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The program for a server and a secret.
   *
   * @param base the server's address, without a slash at the end
   */
  public String of(String base, String secret) {
    return text.replace("{{base}}", base).replace("{{secret}}", secret);
  }

  /** All programs for a server, with a masked secret. */
  static List<Shown> all(String base, String masked) {
    return Arrays.stream(values())
        .map(
            s ->
                new Shown(
                    "snippet-" + s.ordinal(),
                    s.label,
                    s.of(base, masked),
                    s.text.contains("{{secret}}")))
        .toList();
  }
}
