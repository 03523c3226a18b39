package io.keyturn.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.console.settings.Snippet;
import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.Tools;
import io.keyturn.support.Tools.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The programs of the guides and of the console run as they stand there, each with a key of its
 * own.
 */
class SnippetsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final String BASE = address(SERVER);
  private static final String GUIDES_HOST = "http://localhost:9080";
  private static final String EXAMPLE_HOST = "https://keyturn.example.com";

  private static final Pattern CLASS = Pattern.compile("class (\\w+)");
  private static final String SCOPES =
      "suppliers:read suppliers:write suppliers:approve api-keys:read api-keys:manage"
          + " api-keys:refresh-self events:read webhooks:read webhooks:manage audit-log:read keys:verify";

  private static final Path NPM = Path.of("src/test/npm/node_modules").toAbsolutePath();

  @TempDir private Path folder;

  private static String address(KeyturnServer server) {
    return server.uri("").toString().replaceFirst("/$", "");
  }

  /** Programs of the guides for integrators and of those for operators. */
  @ParameterizedTest
  @CsvSource({
    "README, 1",
    "audit-log, 5",
    "daily-refresh, 6",
    "first-call, 2",
    "gateways, 1",
    "integrating, 9",
    "no-code, 2",
    "operating, 4",
    "signing-in, 2"
  })
  void programsOfAGuideDoWhatTheySay(String guide, int atLeast) throws IOException {
    List<Program> programs =
        Program.of(guide).stream()
            .filter(program -> program.notRun().isEmpty() && !ofTheOperator(program))
            .toList();
    assertThat(programs).hasSizeGreaterThanOrEqualTo(atLeast);
    prepareFolder();
    String organisation = SERVER.control().organisation();
    String secret = SERVER.control().key(Control.wish().in(organisation).scopes(SCOPES)).secret();
    Api.Answer location =
        SERVER
            .api()
            .post(
                "/api/v1/locations",
                "application/json",
                "{\"name\": \"Berlin\"}",
                "Authorization",
                "Bearer " + secret);
    assertThat(location.status()).as(location.body()).isEqualTo(201);
    List<String> failed = new ArrayList<>();
    for (Program program : programs.stream().filter(this::canRun).toList()) {
      Ended ended = run(program, organisation);
      if (ended.status() != 0) {
        failed.add(program.text() + "\nended with " + ended.status() + ":\n" + ended.output());
      }
    }
    assertThat(failed).isEmpty();
  }

  /** The tabs of the panel *Your key is ready*. */
  @ParameterizedTest
  @EnumSource
  void firstCallOfTheConsoleTellsTheKey(Snippet snippet) throws IOException {
    Key key = SERVER.control().key(Control.wish().named("First call " + snippet));
    String language =
        switch (snippet) {
          case CURL -> "sh";
          case PYTHON -> "python";
          case JAVASCRIPT -> "javascript";
          case JAVA, SPRING -> "java";
        };
    Ended ended =
        run(new Program("console", language, snippet.of(BASE, key.secret())), key, Map.of());

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("First call " + snippet).doesNotContain(key.secret());
  }

  /** The operator's session of {@code operating.md}: its parts need what the parts before set. */
  @Test
  void operatorsProgramsDoWhatTheySay() throws IOException {
    KeyturnServer platform = PlatformServer.get();
    Tools.program("jq");
    Files.writeString(folder.resolve("operator-token"), PlatformOperator.TOKEN);
    String domain = "snippets-" + UUID.randomUUID();
    String session =
        Program.of("operating").stream()
            .filter(SnippetsHttpIT::ofTheOperator)
            .map(Program::text)
            .collect(Collectors.joining())
            .replace(GUIDES_HOST, address(platform))
            .replace("\"acme\"", "\"" + domain + "\"");

    Ended ended = Tools.tryRun(folder, Map.of(), bash(session));

    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("/invitation", "\"intact\":true");
    assertThat(Files.readString(folder.resolve("acme.json"))).contains("Acme & Sons");
    assertThat(
            new PlatformOperator(platform).tryCreate(domain, "Acme", "ada@acme.example").status())
        .as("the domain is free again, since the organisation was deleted")
        .isEqualTo(201);
  }

  private static boolean ofTheOperator(Program program) {
    return program.text().contains("call \"$api") || program.text().startsWith("call ");
  }

  @Test
  void failedCallIsSeen() throws IOException {
    Program program =
        new Program("none", "sh", "curl " + SERVER.uri("/api/v1/suppliers") + " | cat\n");

    assertThat(run(program, SERVER.control().organisation()).status()).isNotZero();
  }

  /** What the guides take for granted: a repository, a certificate, the repository's folder. */
  private void prepareFolder() throws IOException {
    String preparation =
        """
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=authority \
          -keyout authority.key -out authority.pem
        cp -r "$REPOSITORY/integrations" .
        echo "secret = $KEYTURN_SECRET" > leaked.properties
        git init -q leaked
        cp leaked.properties leaked
        cd leaked
        git add .
        git -c user.name=Ada -c user.email=ada@acme.example commit -qm "A secret"
        mv .git ..
        """;
    Tools.run(
        folder,
        Map.of(
            "KEYTURN_SECRET",
            SERVER.control().key().secret(),
            "REPOSITORY",
            Path.of("").toAbsolutePath().toString(),
            "GIT_CONFIG_GLOBAL",
            "/dev/null"),
        bash(preparation));
  }

  /** Where tools are not required, a program whose tool is not there is left out. */
  private boolean canRun(Program program) {
    if (program.text().contains("import requests")) {
      List<String> command = List.of(Tools.program("python3").toString(), "-c", "import requests");
      return Tools.isThere(
          "Python's requests", Tools.tryRun(folder, Map.of(), command).status() == 0);
    }
    if (program.text().contains("newman ") || program.text().contains("bru ")) {
      Path bin = NPM.resolve(".bin");
      return Tools.isThere(
          "newman and Bruno",
          Files.exists(bin.resolve("newman")) && Files.exists(bin.resolve("bru")));
    }
    return switch (program.language()) {
      case "logrotate" -> Tools.isThere("logrotate", Tools.find("logrotate").isPresent());
      case "rsyslog" -> Tools.isThere("rsyslogd", Tools.find("rsyslogd").isPresent());
      default -> true;
    };
  }

  private Ended run(Program program, String organisation) throws IOException {
    Key key = SERVER.control().key(Control.wish().in(organisation).scopes(SCOPES));
    RenewalClient renewal = RenewalClient.of(SERVER, key);
    return run(
        program,
        key,
        Map.of(
            "KEYTURN_CLIENT_ID", renewal.id(),
            "KEYTURN_CLIENT_SECRET", renewal.secret(),
            "SECRET_THAT_CAME", key.secret()));
  }

  private Ended run(Program program, Key key, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("KEYTURN_SECRET", key.secret());
    environment.put("CURL_HOME", folder.toString());
    environment.put("PATH", NPM.resolve(".bin") + ":" + System.getenv("PATH"));
    // Without it curl ends well after an answer of 400 and above.
    Files.writeString(
        folder.resolve(".curlrc"), program.text().contains("--fail-") ? "" : "fail\n");
    return Tools.tryRun(folder, environment, command(program));
  }

  private List<String> command(Program program) throws IOException {
    String text = program.text().replace(GUIDES_HOST, BASE).replace(EXAMPLE_HOST, BASE);
    return switch (program.language()) {
      case "sh" -> {
        Tools.program("curl");
        Tools.program("jq");
        yield bash(text);
      }
      case "python" -> List.of(Tools.program("python3").toString(), file("snippet.py", text));
      case "javascript" -> List.of(Tools.program("node").toString(), file("snippet.mjs", text));
      case "logrotate" ->
          List.of(
              Tools.program("logrotate").toString(),
              "--debug",
              "--state",
              folder.resolve("state").toString(),
              file("logrotate.conf", text));
      case "rsyslog" ->
          List.of(
              Tools.program("rsyslogd").toString(),
              "-N1",
              "-f",
              file("rsyslog.conf", "global(workDirectory=\"" + folder + "\")\n" + text));
      case "java" -> {
        Matcher name = CLASS.matcher(text);
        assertThat(name.find()).isTrue();
        boolean spring = text.contains("import org.springframework");
        yield List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            spring ? System.getProperty("java.class.path") : folder.toString(),
            file(name.group(1) + ".java", text));
      }
      default -> throw new AssertionError("nothing runs " + program);
    };
  }

  private List<String> bash(String text) throws IOException {
    return List.of(
        Tools.program("bash").toString(), "-e", "-o", "pipefail", file("snippet.sh", text));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
