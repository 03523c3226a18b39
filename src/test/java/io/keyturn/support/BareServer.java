package io.keyturn.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Open Liberty of the same version and options as Keyturn's, with one or two JAX-RS methods and
 * nothing else of Keyturn's.
 */
public final class BareServer implements AutoCloseable {
  private static final Path WLP = Path.of("target/liberty/wlp").toAbsolutePath();
  private static final Path CLASSES = Path.of("target/test-classes").toAbsolutePath();

  private static final Pattern FEATURES =
      Pattern.compile("<featureManager>.*</featureManager>", Pattern.DOTALL);

  private final int port = Ports.free();
  private final Process process;

  /** A server with the features that the methods need. */
  public static BareServer bare() {
    return new BareServer(
        "bare",
        "<featureManager><feature>restfulWS-4.0</feature><feature>jsonb-3.0</feature></featureManager>",
        "bare");
  }

  /** A server with the features of Keyturn. */
  public static BareServer withFeatures() {
    return new BareServer("features", features(), "bare");
  }

  /** A server with the features of Keyturn, and an application of its shape that does nothing. */
  public static BareServer ofShape() {
    return new BareServer("shape", features(), "shape");
  }

  private static String features() {
    try {
      Matcher features = FEATURES.matcher(Files.readString(Path.of("server.xml")));
      if (!features.find()) {
        throw new AssertionError("server.xml has no features");
      }
      return features.group();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Starts the server, and waits until it answers.
   *
   * @param application the package of its application's classes
   */
  private BareServer(String name, String features, String application) {
    Path home = KeyturnServer.DIRECTORY.resolve(name);
    Path server = home.resolve("usr/servers/bare");
    try {
      Files.createDirectories(server.resolve("apps"));
      Files.copy(
          Path.of("liberty/jvm.options"),
          server.resolve("jvm.options"),
          StandardCopyOption.REPLACE_EXISTING);
      Files.writeString(
          server.resolve("server.xml"),
          """
          <server>
            %s
            <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
            <webApplication location="bare.war" contextRoot="/"/>
          </server>
          """
              .formatted(features, port));
      pack(application, server.resolve("apps/bare.war"));
      ProcessBuilder command =
          new ProcessBuilder(WLP.resolve("bin/server").toString(), "run", "bare");
      command.environment().put("WLP_USER_DIR", home.resolve("usr").toString());
      command.environment().put("JAVA_HOME", System.getProperty("java.home"));
      process =
          command
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(home.resolve("console.log").toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    Eventually.within(
        Duration.ofMinutes(2),
        () -> {
          if (KeyturnServer.status(uri("/api/v1/status")) != 200) {
            throw new AssertionError("the bare server does not answer");
          }
        });
  }

  private static void pack(String application, Path war) throws IOException {
    Files.deleteIfExists(war);
    try (FileSystem zip = FileSystems.newFileSystem(war, Map.of("create", "true"));
        Stream<Path> classes = Files.list(CLASSES.resolve("io/keyturn").resolve(application))) {
      for (Path file : classes.toList()) {
        Path entry = zip.getPath("WEB-INF/classes", CLASSES.relativize(file).toString());
        Files.createDirectories(entry.getParent());
        Files.copy(file, entry);
      }
    }
  }

  /** The address of a path. */
  public URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  /** Lets the method {@code me} answer to these secrets. */
  public void know(List<String> secrets) {
    Api.Answer answer =
        new Api(port).post("/api/v1/keys", "text/plain", String.join("\n", secrets));
    if (answer.status() != 204) {
      throw new AssertionError("the bare server takes no keys: " + answer.status());
    }
  }

  /** The server's process. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  @Override
  public void close() {
    for (ProcessHandle one : List.copyOf(process.descendants().toList())) {
      one.destroyForcibly();
    }
    process.destroyForcibly();
    try {
      process.waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
