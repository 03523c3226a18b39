package io.keyturn.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.access.Scope;
import io.keyturn.support.Api;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.KeyturnServer;
import io.keyturn.support.PlatformOperator;
import io.keyturn.support.PlatformServer;
import io.keyturn.support.RenewalClient;
import io.keyturn.support.Tools;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Clients that openapi-generator makes from the document in four languages: each compiles, and
 * calls every operation by a program in {@code src/test/clients}. Once is enough, so not on each
 * database.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiClientsH2IT {
  private static final KeyturnServer SERVER = PlatformServer.get();
  private static final Path PROGRAMS = Path.of("src/test/clients").toAbsolutePath();
  private static final Path NPM = Path.of("src/test/npm/node_modules").toAbsolutePath();
  private static final Path HOME = KeyturnServer.DIRECTORY.resolve("clients");

  /** Where Debian's packages of Go libraries lie. */
  private static final Path GO_LIBRARIES = Path.of("/usr/share/gocode");

  /** A generated client waits for the whole answer, and a stream has no end. */
  private static final String STREAM = "streamEvents";

  private final TreeSet<String> operations = new TreeSet<>();

  /** The client certificate that is the document's example. */
  private JsonObject identity = JsonObject.EMPTY_JSON_OBJECT;

  @BeforeAll
  void makeClients() throws IOException {
    Path generator =
        Tools.orSkip(
            "openapi-generator",
            Optional.of(Path.of("target/openapi-generator/openapi-generator-cli.jar"))
                .filter(Files::exists));
    Tools.delete(HOME);
    Files.createDirectories(HOME);
    Api.Answer document = SERVER.api().send("GET", "/openapi.json");
    Files.writeString(HOME.resolve("openapi.json"), document.body());
    identity =
        document
            .json()
            .getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("ClientCertificateInput")
            .getJsonArray("examples")
            .getJsonObject(0);
    document
        .json()
        .getJsonObject("paths")
        .values()
        .forEach(
            path ->
                path.asJsonObject()
                    .values()
                    .forEach(o -> operations.add(o.asJsonObject().getString("operationId"))));
    assertThat(operations.remove(STREAM)).isTrue();
    List<String> command = new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-jar"));
    command.addAll(List.of(generator.toAbsolutePath().toString(), "batch", "--fail-fast"));
    command.addAll(
        List.of(
            configuration(
                "java",
                "java/client",
                "library: native\n"
                    + "additionalProperties: {useJakartaEe: true, invokerPackage: client,"
                    + " apiPackage: client.api, modelPackage: client.model}"),
            configuration("python", "python", "additionalProperties: {packageName: client}"),
            configuration("typescript-fetch", "typescript/client", ""),
            configuration("go", "go/src/client", "additionalProperties: {packageName: client}")));
    Tools.run(HOME, Map.of(), command);
  }

  /** Writes what the generator is to do for a language; answers the file. */
  private static String configuration(String generator, String folder, String more)
      throws IOException {
    Path file = HOME.resolve(generator + ".yaml");
    Files.writeString(
        file,
        """
        generatorName: %s
        inputSpec: %s
        outputDir: %s
        globalProperties: {apis: "", models: "", supportingFiles: "", apiTests: "false",
          modelTests: "false", apiDocs: "false", modelDocs: "false"}
        %s
        """
            .formatted(generator, HOME.resolve("openapi.json"), HOME.resolve(folder), more));
    return file.toString();
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  @Test
  void javaClientCallsEveryOperation() throws IOException {
    Path sources = HOME.resolve("java/client/src/main/java");
    List<String> compile =
        new ArrayList<>(
            List.of(java() + "c", "-J-XX:TieredStopAtLevel=1", "-proc:none", "-nowarn"));
    compile.addAll(List.of("-d", HOME.resolve("java/classes").toString()));
    compile.addAll(List.of("-cp", System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.walk(sources)) {
      files.filter(f -> f.toString().endsWith(".java")).map(Path::toString).forEach(compile::add);
    }
    compile.add(PROGRAMS.resolve("java/Calls.java").toString());
    Tools.run(HOME, Map.of(), compile);

    assertCallsAll(
        "java",
        Map.of(),
        List.of(
            java(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            HOME.resolve("java/classes")
                + File.pathSeparator
                + System.getProperty("java.class.path"),
            "Calls"));
  }

  @Test
  void pythonClientCallsEveryOperation() {
    Path python =
        Tools.orSkip(
            "Python with pydantic 2, urllib3 and dateutil",
            Tools.find("python3").filter(ApiClientsH2IT::hasLibraries));

    assertCallsAll(
        "python",
        Map.of("PYTHONPATH", HOME.resolve("python").toString(), "PYTHONDONTWRITEBYTECODE", "1"),
        List.of(python.toString(), PROGRAMS.resolve("python/calls.py").toString()));
  }

  private static boolean hasLibraries(Path python) {
    String libraries =
        "import pydantic, urllib3, dateutil; assert pydantic.VERSION.startswith('2.')";
    return Tools.tryRun(HOME, Map.of(), List.of(python.toString(), "-c", libraries)).status() == 0;
  }

  @Test
  void typescriptClientCallsEveryOperation() throws IOException {
    Path node = Tools.orSkip("Node.js", Tools.find("node"));
    Path tsc = Tools.orSkip("TypeScript", Tools.find("tsc", NPM.resolve(".bin")));
    Path folder = HOME.resolve("typescript");
    Files.copy(
        PROGRAMS.resolve("typescript/calls.ts"),
        folder.resolve("calls.ts"),
        StandardCopyOption.REPLACE_EXISTING);
    List<String> compile = new ArrayList<>(List.of(tsc.toString(), "--strict"));
    compile.addAll(List.of("--target", "es2022", "--module", "commonjs", "--lib", "es2022,dom"));
    compile.addAll(List.of("--types", "node", "--typeRoots", NPM.resolve("@types").toString()));
    compile.addAll(List.of("--outDir", "out", "calls.ts"));
    Tools.run(folder, Map.of(), compile);

    assertCallsAll(
        "typescript",
        Map.of(),
        List.of(node.toString(), folder.resolve("out/calls.js").toString()));
  }

  @Test
  void goClientCallsEveryOperation() throws IOException {
    Path go =
        Tools.orSkip(
            "Go with golang.org/x/oauth2",
            Tools.find("go")
                .filter(g -> Files.exists(GO_LIBRARIES.resolve("src/golang.org/x/oauth2"))));
    Path program = Files.createDirectories(HOME.resolve("go/src/calls"));
    Files.copy(PROGRAMS.resolve("go/calls.go"), program.resolve("calls.go"));

    // Its own tests want a library that only they need.
    Tools.delete(HOME.resolve("go/src/client/test"));
    Map<String, String> offline =
        Map.of(
            "GO111MODULE",
            "off",
            "GOPATH",
            HOME.resolve("go") + File.pathSeparator + GO_LIBRARIES,
            "GOCACHE",
            HOME.resolve("go/cache").toString());
    Path built = HOME.resolve("go/calls");
    Tools.run(program, offline, List.of(go.toString(), "build", "-o", built.toString(), "."));
    assertCallsAll("go", Map.of(), List.of(built.toString()));
  }

  /** Runs a program with what it calls with: a key, a renewal credential, the operator's token. */
  private void assertCallsAll(
      String language, Map<String, String> environment, List<String> command) {
    Control control = SERVER.control();
    Key key = control.key(Control.wish().scopes(Scope.format(EnumSet.allOf(Scope.class))));
    RenewalClient renewal = RenewalClient.of(SERVER, control.key());
    Map<String, String> all = new HashMap<>(environment);
    all.put("SERVER", SERVER.uri("").toString());
    all.put("NAME", "client-in-" + language);
    all.put("SECRET", key.secret());
    all.put("CLIENT_ID", renewal.id());
    all.put("CLIENT_SECRET", renewal.secret());
    all.put("OPERATOR", PlatformOperator.TOKEN);
    all.put("CERTIFICATE", identity.getString("certificate_chain"));
    all.put("PRIVATE_KEY", identity.getString("private_key"));

    String printed = Tools.run(HOME, all, command);

    assertThat(new TreeSet<>(printed.lines().toList())).isEqualTo(operations);
  }
}
