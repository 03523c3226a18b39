package io.keyturn;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real nginx with the configuration that we ship. */
final class Nginx implements AutoCloseable {
  private static final String SHIPPED = "liberty/nginx.conf";

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it with these values for the names in braces; {@code LISTEN} is chosen here. */
  static Nginx start(Map<String, String> values) throws IOException {
    Path program = program();
    int port = KeyturnServer.freePort();
    String server = Files.readString(Path.of(SHIPPED)).replace("${LISTEN}", "127.0.0.1:" + port);
    for (Map.Entry<String, String> value : values.entrySet()) {
      server = server.replace("${" + value.getKey() + "}", value.getValue());
    }
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "nginx-");
    Path configuration = home.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        pid %1$s/pid;
        daemon off;
        master_process off;
        events {}
        http {
          access_log off;
          client_body_temp_path %1$s/body;
          proxy_temp_path %1$s/proxy;
          fastcgi_temp_path %1$s/fastcgi;
          uwsgi_temp_path %1$s/uwsgi;
          scgi_temp_path %1$s/scgi;
        %2$s
        }
        """
            .formatted(home, server));
    Process process =
        new ProcessBuilder(
                program.toString(),
                "-p",
                home.toString(),
                "-c",
                configuration.toString(),
                "-e",
                home.resolve("error.log").toString())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("console.log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    Eventually.within(
        Duration.ofSeconds(30),
        () -> {
          try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getPort();
          } catch (IOException e) {
            throw new AssertionError("nginx does not listen; see " + home, e);
          }
        });
    return new Nginx(process, port);
  }

  private static Path program() {
    String path =
        Optional.ofNullable(System.getenv("PATH")).orElse("") + File.pathSeparator + "/usr/sbin";
    return Tools.orSkip(
        "nginx",
        Stream.of(path.split(File.pathSeparator))
            .map(folder -> Path.of(folder, "nginx"))
            .filter(Files::isExecutable)
            .findFirst());
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
