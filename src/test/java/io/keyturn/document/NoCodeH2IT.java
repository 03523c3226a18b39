package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Scope;
import io.keyturn.support.Control;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What {@code integrations} has for tools without code, by the packages of these tools and against
 * the server, which a program in {@code src/test/integrations} does. Each has a key of an
 * organisation of its own, and renews by client credentials. Once is enough, so not on each
 * database.
 */
class NoCodeH2IT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final Path PROGRAMS = Path.of("src/test/integrations").toAbsolutePath();
  private static final Path NPM = Path.of("src/test/npm/node_modules").toAbsolutePath();

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          zapier,  zapier-platform-core, Zapier: every operation works
          n8n,     n8n-workflow,         n8n: every workflow runs
          postman, newman,               Postman: every reading request is answered
          bruno,   @usebruno/cli,        Bruno: every request is answered
          """)
  void integrationWorks(String program, String packageName, String done) {
    Path node = Tools.orSkip("Node.js", Tools.find("node"));
    Tools.orSkip(
        "the npm package " + packageName,
        Optional.of(NPM.resolve(packageName)).filter(Files::exists));
    Control control = SERVER.control();
    Control.Wish wish =
        Control.wish().in(control.organisation()).scopes(Scope.format(EnumSet.allOf(Scope.class)));
    RenewalClient client = RenewalClient.of(SERVER, control.key(wish));

    String printed =
        Tools.run(
            PROGRAMS,
            Map.of(
                "NODE_PATH", NPM.toString(),
                "SERVER", SERVER.uri("").toString(),
                "CLIENT_ID", client.id(),
                "CLIENT_SECRET", client.secret(),
                "CLOCK_AHEAD",
                    Long.toString(Duration.between(Instant.now(), control.now()).toMillis())),
            List.of(node.toString(), program + ".js"));

    assertThat(printed.lines()).last().isEqualTo(done);
  }
}
