package io.keyturn.support;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real server process on the shipped configuration: the runtime that the build has unpacked, a
 * server directory of its own below {@code target/it}, ports that were free. It ends with this JVM
 * at the latest.
 */
public final class KeyturnServer implements AutoCloseable {
  /** The first administrator's. */
  public static final String ADMIN_EMAIL = "admin@demo.example";

  /** The first administrator's, unless the test says otherwise. */
  public static final String ADMIN_PASSWORD = "correct horse battery";

  /** Of this test JVM only: two run at a time. */
  public static final Path DIRECTORY =
      Path.of("target/it", System.getProperty("keyturn.test.jvm", "jvm-1")).toAbsolutePath();

  private static final Path WLP = Path.of("target/liberty/wlp").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofMinutes(8);
  private static final String MACHINE = "-XX:+UseSerialGC " + TestDatabase.current().machine();
  private static @Nullable KeyturnServer shared;

  private final String name;
  private final Path home;
  private final Path data;
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, String> overrides = new HashMap<>();
  private Path war = TestWar.controlled();
  private boolean cleared;
  private long logFrom;
  private @Nullable Process process;

  private KeyturnServer(String name) {
    this.name = name;
    this.home = DIRECTORY.resolve(name);
    this.data = home.resolve("data");
    settings.put("KEYTURN_DATA_DIR", data.toString());
    settings.put("KEYTURN_HTTP_PORT", Integer.toString(Ports.free()));
    settings.put("KEYTURN_HTTPS_PORT", Integer.toString(Ports.free()));
    settings.put("KEYTURN_HTTP_HOST", "127.0.0.1");
    settings.put("KEYTURN_ADMIN_PASSWORD", ADMIN_PASSWORD);
    settings.put("KEYTURN_DEMO_SUPPLIERS", "60");
    settings.put("KEYTURN_WEBHOOK_NETWORKS", "127.0.0.1");
    settings.put("KEYTURN_REQUEST_LOG_ROWS", "1000");
    // Quick to start rather than quick in the long run.
    settings.put("JVM_ARGS", "-XX:TieredStopAtLevel=1 " + MACHINE);
    settings.put("keystore_password", "of-this-test-only");
    Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
  }

  /**
   * A server that is not started yet, with a new data directory.
   *
   * @param name of its directory; a later one of the same name starts quicker
   */
  public static KeyturnServer named(String name) {
    return new KeyturnServer(name);
  }

  /** The server of all tests that need nothing of their own, on this run's database. */
  public static synchronized KeyturnServer shared() {
    if (shared == null) {
      shared =
          named("shared-" + TestDatabase.current())
              .on(TestDatabase.current())
              .forSigningIn()
              .start();
    }
    return shared;
  }

  /** Uses a new database of this kind. */
  public KeyturnServer on(TestDatabase database) {
    try {
      Files.createDirectories(home);
      settings.putAll(database.create(home));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Uses the database of another server, as a second node does. */
  public KeyturnServer besides(KeyturnServer other) {
    other.settings.forEach(
        (setting, value) -> {
          if (setting.startsWith("KEYTURN_DATABASE") || setting.equals("KEYTURN_ROOT_KEY_FILE")) {
            settings.put(setting, value);
          }
        });
    return this;
  }

  /** Sets a variable of the server's environment. */
  public KeyturnServer setting(String variable, String value) {
    settings.put(variable, value);
    return this;
  }

  /** Uses all compilers: without the last one, hashing a password takes ten times as long. */
  public KeyturnServer forSigningIn() {
    return setting("JVM_ARGS", MACHINE);
  }

  /** Takes a variable out of the server's environment. */
  public KeyturnServer without(String variable) {
    settings.remove(variable);
    return this;
  }

  /** What a variable of the server's environment is. */
  public String setting(String variable) {
    return settings.getOrDefault(variable, "");
  }

  /** Adds a file of configuration, as an operator does. */
  public KeyturnServer override(String file, String content) {
    overrides.put(file, content);
    return this;
  }

  /** Deploys another WAR than the one with the test controls. */
  public KeyturnServer war(Path other) {
    war = other;
    return this;
  }

  /**
   * Lays out a server without the WAR, for somebody else to start it and deploy.
   *
   * @param serverName which no other server of this machine may have that runs
   */
  public void layOut(String serverName) {
    try {
      Path server = home.resolve("usr/servers").resolve(serverName);
      install(server);
      Files.delete(server.resolve("apps/keyturn.war"));
      StringBuilder environment = new StringBuilder();
      settings.forEach(
          (variable, value) -> environment.append(variable).append('=').append(value).append('\n'));
      Files.writeString(server.resolve("server.env"), environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the process, and waits until it is ready. */
  public KeyturnServer start() {
    launch();
    try {
      await("ready", () -> status("/health/ready") == 200);
    } catch (AssertionError e) {
      // Else the next try would find its place taken.
      kill();
      throw e;
    }
    return this;
  }

  /** Starts the process; does not wait. The first time, the data directory is emptied. */
  public KeyturnServer launch() {
    try {
      install(home.resolve("usr/servers/keyturn"));
      ProcessBuilder command =
          new ProcessBuilder(
              WLP.resolve("bin")
                  .resolve(File.separatorChar == '\\' ? "server.bat" : "server")
                  .toString(),
              "run",
              "keyturn");
      command.environment().keySet().removeIf(k -> k.startsWith("KEYTURN_"));
      command.environment().put("WLP_USER_DIR", home.resolve("usr").toString());
      command.environment().put("JAVA_HOME", System.getProperty("java.home"));
      command.environment().putAll(settings);
      process =
          command
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * Restarts the application, in the server that runs, with another WAR and with variables that win
   * over its environment; {@link #log()} begins anew. Does not wait.
   */
  public void redeploy(Path other, Map<String, String> variables) {
    try {
      Path server = home.resolve("usr/servers/keyturn");
      StringBuilder config = new StringBuilder("<server>\n");
      // The comment makes each one another file, so that the server says that it has read it.
      config.append("<!-- ").append(System.nanoTime()).append(" -->\n");
      variables.forEach(
          (variable, value) ->
              config.append("<variable name=\"%s\" value=\"%s\"/>\n".formatted(variable, value)));
      Path overrides = Files.createDirectories(server.resolve("configDropins/overrides"));
      logFrom = Files.size(console());
      Files.writeString(overrides.resolve("test.xml"), config + "</server>\n");
      await("reconfigured", () -> log().contains("CWWKG0017I") || log().contains("CWWKG0018I"));
      logFrom = Files.size(console());
      copy(other, server.resolve("apps/keyturn.war"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void install(Path server) throws IOException {
    Files.createDirectories(server.resolve("apps"));
    if (!cleared) {
      cleared = true;
      delete(data);
      delete(server.resolve("logs"));
    }
    Files.deleteIfExists(console());
    logFrom = 0;
    delete(server.resolve("configDropins/overrides"));
    Files.createDirectories(data);
    copy(Path.of("server.xml"), server.resolve("server.xml"));
    try (Stream<Path> files = Files.walk(Path.of("liberty"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        copy(file, server.resolve(Path.of("liberty").relativize(file)));
      }
    }
    Path dropIns = Files.createDirectories(server.resolve("configDropins/overrides"));
    for (Map.Entry<String, String> override : overrides.entrySet()) {
      Files.writeString(dropIns.resolve(override.getKey()), override.getValue());
    }
    copy(jar("org.h2.Driver"), server.resolve("jdbc/h2.jar"));
    copy(jar("org.postgresql.Driver"), server.resolve("jdbc/postgresql.jar"));
    copy(war, server.resolve("apps/keyturn.war"));
  }

  private static Path jar(String driver) throws IOException {
    try {
      return Path.of(
          Class.forName(driver).getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (ClassNotFoundException | java.net.URISyntaxException e) {
      throw new IOException(e);
    }
  }

  /** All at once, for a running server may read the file at any moment. */
  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    Path whole = Files.createTempFile(Path.of("target"), "copy", ".tmp");
    Files.copy(from, whole, StandardCopyOption.REPLACE_EXISTING);
    Files.move(whole, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Waits for something that this server does; fails with its log when it does not. */
  public void await(String what, java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || !running()) {
        throw new AssertionError(name + " is not " + what + ":\n" + log());
      }
      sleep(100);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The process, which must have been started. */
  public ProcessHandle process() {
    return Objects.requireNonNull(process).toHandle();
  }

  /** Whether the process lives. */
  public boolean running() {
    return process != null && process.isAlive();
  }

  /** Ends the process as an operator does. */
  public void stop() {
    end(false);
  }

  /** Ends the process as a crash does: {@code kill -9}. */
  public void kill() {
    end(true);
  }

  private void end(boolean forcibly) {
    Process running = process;
    if (running == null) {
      return;
    }
    // The start script becomes the server by exec where it can; where not, it has a child.
    List<ProcessHandle> all =
        Stream.concat(running.descendants(), Stream.of(running.toHandle())).toList();
    all.forEach(p -> endOne(p, forcibly));
    try {
      if (!running.waitFor(60, TimeUnit.SECONDS)) {
        all.forEach(p -> endOne(p, true));
        running.waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void endOne(ProcessHandle process, boolean forcibly) {
    boolean asked = forcibly ? process.destroyForcibly() : process.destroy();
    if (!asked && process.isAlive()) {
      throw new IllegalStateException("process " + process.pid() + " cannot be ended");
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** The address of the base domain. */
  public URI uri(String path) {
    return URI.create("http://localhost:" + port() + path);
  }

  public int port() {
    return Integer.parseInt(setting("KEYTURN_HTTP_PORT"));
  }

  public Path dataDir() {
    return data;
  }

  /** All that this server writes: configuration, logs, data. */
  public Path home() {
    return home;
  }

  public Path console() {
    return home.resolve("console.log");
  }

  /** What the process printed since it, or the application in it, was last started. */
  public String log() {
    try {
      if (!Files.exists(console())) {
        return "";
      }
      byte[] all = Files.readAllBytes(console());
      int from = (int) Math.min(logFrom, all.length);
      return new String(all, from, all.length - from, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the process printed, and what it wrote to its log files. */
  public String logs() {
    return log() + fileLogs();
  }

  /** What it wrote to its log files. */
  public String fileLogs() {
    StringBuilder all = new StringBuilder();
    Path directory = home.resolve("usr/servers/keyturn/logs");
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all.toString();
  }

  /** Calls this server. */
  public Api api() {
    return new Api(this);
  }

  /** Turns this server's clock, creates keys in it and so on; not on the plain WAR. */
  public Control control() {
    return new Control(api());
  }

  /** The status of an address of this server, or 0 when nothing answers. */
  public int status(String path) {
    return status(uri(path));
  }

  /** The status of an address, or 0 when nothing answers. */
  static int status(URI address) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
