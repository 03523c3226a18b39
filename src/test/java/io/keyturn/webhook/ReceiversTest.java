package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Tools;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Receivers in other languages verify what is sent: by the library of Standard Webhooks for
 * Node.js, and by the example of the guide for Python. {@code SigningSecretTest} does so by the
 * library for Java.
 */
class ReceiversTest {
  private static final Path HERE = Path.of("").toAbsolutePath();
  private static final Path PROGRAMS = HERE.resolve("src/test/clients");
  private static final Path LIBRARIES = HERE.resolve("src/test/npm/node_modules");
  private static final String BODY = "{\"type\":\"api_key.refreshed\",\"name\":\"Müller\"}";

  @TempDir private Path directory;

  private final SigningSecret secret = SigningSecret.create();
  private final SigningSecret previous = SigningSecret.create();
  private final long now = Instant.now().getEpochSecond();

  private String node(SigningSecret used, long timestamp, String body) throws IOException {
    Path node = Tools.orSkip("Node.js", Tools.find("node"));
    Tools.orSkip(
        "standardwebhooks for Node.js",
        Optional.of(LIBRARIES.resolve("standardwebhooks")).filter(Files::exists));
    return run(
        node,
        PROGRAMS.resolve("typescript/receive.js"),
        Map.of("NODE_PATH", LIBRARIES.toString()),
        received(used, timestamp, body));
  }

  private String python(SigningSecret used, long timestamp, String body) throws IOException {
    return run(
        Tools.orSkip("Python", Tools.find("python3")),
        PROGRAMS.resolve("python/receive.py"),
        Map.of(),
        received(used, timestamp, body));
  }

  /** What a receiver gets that has this secret: signed with both secrets, as in an overlap. */
  private String received(SigningSecret used, long timestamp, String body) {
    JsonObjectBuilder headers =
        Json.createObjectBuilder()
            .add("webhook-id", "evt_1")
            .add("webhook-timestamp", Long.toString(timestamp))
            .add(
                "webhook-signature",
                secret.sign("evt_1", timestamp, BODY)
                    + " "
                    + previous.sign("evt_1", timestamp, BODY));
    return Json.createObjectBuilder()
        .add("secret", used.text())
        .add("body", body)
        .add("headers", headers)
        .build()
        .toString();
  }

  private String run(Path program, Path script, Map<String, String> environment, String input)
      throws IOException {
    Path file = directory.resolve("received.json");
    Files.writeString(file, input);
    return Tools.run(
            HERE,
            environment,
            List.of(
                "sh", "-c", "exec \"$0\" \"$1\" < \"$2\"", "" + program, "" + script, "" + file))
        .strip();
  }

  @Test
  void libraryForNodeVerifiesBothSecretsAndRefusesAllElse() throws IOException {
    assertThat(node(secret, now, BODY)).isEqualTo("verified api_key.refreshed");
    assertThat(node(previous, now, BODY)).isEqualTo("verified api_key.refreshed");
    assertThat(node(SigningSecret.create(), now, BODY)).startsWith("refused:");
    assertThat(node(secret, now, BODY + " ")).startsWith("refused:");
    assertThat(node(secret, now - 600, BODY)).startsWith("refused:");
  }

  @Test
  void exampleForPythonVerifiesBothSecretsAndRefusesAllElse() throws IOException {
    assertThat(python(secret, now, BODY)).isEqualTo("verified api_key.refreshed");
    assertThat(python(previous, now, BODY)).isEqualTo("verified api_key.refreshed");
    assertThat(python(SigningSecret.create(), now, BODY)).startsWith("refused:");
    assertThat(python(secret, now, BODY + " ")).startsWith("refused:");
    assertThat(python(secret, now - 600, BODY)).startsWith("refused:");
  }

  /** The guide shows the function that is tested here. */
  @Test
  void guideShowsTheExample() throws IOException {
    String program = Files.readString(PROGRAMS.resolve("python/receive.py"));
    String function =
        program.substring(program.indexOf("def verified"), program.indexOf("if __name__")).strip();

    assertThat(Files.readString(Path.of("src/docs/integrating.md"))).contains(function);
  }
}
