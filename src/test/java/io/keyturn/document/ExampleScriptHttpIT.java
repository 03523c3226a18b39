package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The script of the documentation does what it says. */
class ExampleScriptHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private final Control control = SERVER.control();

  @BeforeAll
  static void toolsAreThere() {
    for (String tool : new String[] {"bash", "curl", "jq"}) {
      Tools.orSkip(tool, has(tool) ? Optional.of(Path.of(tool)) : Optional.empty());
    }
  }

  private static boolean has(String tool) {
    try {
      return new ProcessBuilder(tool, "--version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private record Run(int status, String output) {}

  private static Run run(String secret) throws Exception {
    ProcessBuilder command =
        new ProcessBuilder("bash", "src/docs/examples/keys.sh").redirectErrorStream(true);
    command.environment().put("KEYTURN_URL", SERVER.uri("").toString());
    command.environment().put("KEYTURN_SECRET", secret);
    Process process = command.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), output);
  }

  @Test
  void scriptCreatesUsesNarrowsAndRevokesAKey() throws Exception {
    Key key = control.key(Control.wish().scopes("suppliers:read api-keys:read api-keys:manage"));

    Run run = run(key.secret());

    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output())
        .containsPattern("created [0-9a-f-]{36}\n")
        .containsPattern("sees [0-9]+ suppliers\n")
        .contains("narrowed to 10000 requests a day\n")
        .containsPattern("used [0-9]+ times\n");
    String id = run.output().replaceAll("(?s).*revoked ([0-9a-f-]{36})\n", "$1");
    assertThat(run.output()).contains("created " + id);
    assertThat(
            control.sql("SELECT 1 FROM api_key WHERE id = '" + id + "' AND revoked_at IS NOT NULL"))
        .hasSize(1);
  }

  @Test
  void scriptSaysWhatItLacks() throws Exception {
    Run run = run(control.key().secret());

    assertThat(run.status()).isNotZero();
    assertThat(run.output())
        .contains("POST /api-keys: 403")
        .contains("lacks the scope api-keys:manage");
  }
}
