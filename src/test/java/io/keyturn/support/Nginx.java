package io.keyturn.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real nginx with the configurations that we ship. */
public final class Nginx {
  /** Before a service that asks Keyturn who calls. */
  public static final String GATEWAY = "liberty/nginx.conf";

  /** Before Keyturn itself. */
  public static final String FRONT = "liberty/nginx-front.conf";

  private Nginx() {}

  /**
   * Starts it with these values for the names in braces.
   *
   * @param port where the configuration listens
   */
  public static Gateway start(String shipped, int port, Map<String, String> values)
      throws IOException {
    Path program = Tools.program("nginx");
    String server = Files.readString(Path.of(shipped));
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
        events { worker_connections 4096; }
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
    return Gateway.start(
        new ProcessBuilder(
            program.toString(),
            "-p",
            home.toString(),
            "-c",
            configuration.toString(),
            "-e",
            home.resolve("error.log").toString()),
        home,
        port);
  }
}
