package io.keyturn.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
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
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The programs of the guides for integrators run as they stand there, each with a key of its own.
 */
class SnippetsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();

  private static final Pattern FENCE =
      Pattern.compile("(?m)^( *)```(sh|java|python|javascript)\\n(.*?)^ *```$", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("class (\\w+)");
  private static final String SCOPES =
      "suppliers:read suppliers:write suppliers:approve api-keys:read api-keys:manage"
          + " api-keys:refresh-self events:read webhooks:read webhooks:manage audit-log:read";

  /** Programs that are not run here, by a part of them, and why. */
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "read -rs", "waits for a person",
          "…", "a person puts their own value in",
          "npx ", "fetches a program",
          "curl -N", "does not end",
          "examples/keys.sh", "ExampleScriptHttpIT runs it");

  private record Snippet(String language, String text) {
    boolean isRun() {
      return NOT_RUN.keySet().stream().noneMatch(text::contains);
    }
  }

  @TempDir private Path folder;

  /** Where it is not required, a program that needs a library which is not there is left out. */
  private boolean canRun(Snippet snippet) {
    if (!snippet.text().contains("import requests")) {
      return true;
    }
    List<String> command = List.of(Tools.program("python3").toString(), "-c", "import requests");
    boolean there = Tools.tryRun(folder, Map.of(), command).status() == 0;
    assertThat(there || !System.getProperty("keyturn.tools", "").equals("required"))
        .as("Python has requests")
        .isTrue();
    return there;
  }

  private static List<Snippet> snippets(String guide) throws IOException {
    Matcher fences = FENCE.matcher(Files.readString(Path.of("src/docs", guide + ".md")));
    return fences.results().map(SnippetsHttpIT::snippet).toList();
  }

  private static Snippet snippet(MatchResult fence) {
    String base = SERVER.uri("").toString().replaceFirst("/$", "");
    String text =
        fence
            .group(3)
            .replaceAll("(?m)^" + fence.group(1), "")
            .replace("http://localhost:9080", base);
    return new Snippet(fence.group(2), text);
  }

  @ParameterizedTest
  @CsvSource({"first-call, 2", "daily-refresh, 6", "integrating, 9", "audit-log, 3"})
  void programsOfAGuideDoWhatTheySay(String guide, int atLeast) throws IOException {
    List<Snippet> run =
        snippets(guide).stream().filter(Snippet::isRun).filter(this::canRun).toList();
    assertThat(run).hasSizeGreaterThanOrEqualTo(atLeast);
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
    for (Snippet snippet : run) {
      Ended ended = run(snippet, organisation);
      if (ended.status() != 0) {
        failed.add(snippet.text() + "\nended with " + ended.status() + ":\n" + ended.output());
      }
    }
    assertThat(failed).isEmpty();
  }

  @Test
  void failedCallIsSeen() throws IOException {
    Snippet snippet = new Snippet("sh", "curl " + SERVER.uri("/api/v1/suppliers") + " | cat\n");

    assertThat(run(snippet, SERVER.control().organisation()).status()).isNotZero();
  }

  private Ended run(Snippet snippet, String organisation) throws IOException {
    Key key = SERVER.control().key(Control.wish().in(organisation).scopes(SCOPES));
    RenewalClient renewal = RenewalClient.of(SERVER, key);
    Map<String, String> environment = new HashMap<>();
    environment.put("KEYTURN_SECRET", key.secret());
    environment.put("KEYTURN_CLIENT_ID", renewal.id());
    environment.put("KEYTURN_CLIENT_SECRET", renewal.secret());
    environment.put("CURL_HOME", folder.toString());
    // Without it curl ends well after an answer of 400 and above.
    Files.writeString(
        folder.resolve(".curlrc"), snippet.text().contains("--fail-") ? "" : "fail\n");
    return Tools.tryRun(folder, environment, command(snippet));
  }

  private List<String> command(Snippet snippet) throws IOException {
    return switch (snippet.language()) {
      case "sh" -> {
        Tools.program("curl");
        Tools.program("jq");
        yield List.of(
            Tools.program("bash").toString(), "-e", "-o", "pipefail", file("snippet.sh", snippet));
      }
      case "python" -> List.of(Tools.program("python3").toString(), file("snippet.py", snippet));
      case "javascript" -> List.of(Tools.program("node").toString(), file("snippet.mjs", snippet));
      default -> {
        Matcher name = CLASS.matcher(snippet.text());
        assertThat(name.find()).isTrue();
        yield List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            file(name.group(1) + ".java", snippet));
      }
    };
  }

  private String file(String name, Snippet snippet) throws IOException {
    return Files.writeString(folder.resolve(name), snippet.text()).toString();
  }
}
