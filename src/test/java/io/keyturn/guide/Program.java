package io.keyturn.guide;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A block of code of a guide.
 *
 * @param guide the file's name without its ending
 * @param language as the guide says; empty where it says none
 */
record Program(String guide, String language, String text) {
  private static final Pattern FENCE =
      Pattern.compile("(?m)^( *)```(\\w*)\\n(.*?)^ *```$", Pattern.DOTALL);

  /** What is no program, but a picture, an answer or a formula. */
  private static final Set<String> SHOWN = Set.of("mermaid", "json", "text");

  /** Programs that {@link SnippetsHttpIT} does not run, by a part of them, and why. */
  private static final Map<String, String> NOT_RUN =
      Map.ofEntries(
          Map.entry("read -rs", "waits for a person"),
          Map.entry("…", "a person puts their own value in"),
          Map.entry("npx ", "fetches a program"),
          Map.entry("npm install", "fetches programs, and asks a person to sign in"),
          Map.entry("curl -N", "does not end"),
          Map.entry("mvn ", "builds or starts this project"),
          Map.entry("/opt/keyturn", "needs root"),
          Map.entry("featureUtility", "fetches the server's features"),
          Map.entry("pg_dump -Fc", "needs PostgreSQL's program of the same version"),
          Map.entry("tar -cpf", "needs a server that was stopped"),
          Map.entry("target/screenshots", "needs the pictures of the browser tests"),
          Map.entry("10.0.0.11", "a part of liberty/nginx-front.conf"),
          Map.entry("[sources.keyturn]", "Vector is not among Debian's packages"),
          Map.entry("filebeat.inputs", "Filebeat is not among Debian's packages"));

  /** The tests that run or read other programs, by a part of these. */
  private static final Map<String, String> RUN_ELSEWHERE =
      Map.ofEntries(
          Map.entry("examples/keys.sh", "ExampleScriptHttpIT"),
          Map.entry("require(\"standardwebhooks\")", "ReceiversTest"),
          Map.entry("def verified(secret, headers, body)", "ReceiversTest"),
          Map.entry("<ldapRegistry", "RegistryH2IT"),
          Map.entry("spring.security.oauth2.client", "OAuthClientsHttpIT"),
          Map.entry("psql ", "OperatingSqlPostgresqlIT"),
          Map.entry("<mpMetrics", "MonitoringH2IT"),
          Map.entry("mpTelemetry", "MonitoringH2IT"),
          Map.entry("OTEL_SERVICE_NAME", "MonitoringH2IT"));

  /** The programs of a guide, in their order. */
  private static List<Program> of(Path guide) {
    try {
      return FENCE
          .matcher(Files.readString(guide))
          .results()
          .map(fence -> new Program(name(guide), fence.group(2), text(fence)))
          .filter(program -> !SHOWN.contains(program.language))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The programs of a guide of this name, in their order. */
  static List<Program> of(String guide) {
    return of(guide.equals("README") ? Path.of("README.md") : Path.of("src/docs", guide + ".md"));
  }

  /** The programs of all guides. */
  static List<Program> all() {
    try (Stream<Path> guides = Files.list(Path.of("src/docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), guides)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .flatMap(file -> of(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reason why {@link SnippetsHttpIT} does not run it; nothing where it does. */
  Optional<String> notRun() {
    return Stream.concat(NOT_RUN.entrySet().stream(), RUN_ELSEWHERE.entrySet().stream())
        .filter(entry -> text.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The names of the test classes that run other programs. */
  static Stream<String> otherTests() {
    return RUN_ELSEWHERE.values().stream();
  }

  private static String name(Path guide) {
    return guide.getFileName().toString().replaceFirst("\\.md$", "");
  }

  private static String text(MatchResult fence) {
    return fence.group(3).replaceAll("(?m)^" + fence.group(1), "");
  }
}
