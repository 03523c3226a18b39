package io.keyturn.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real Caddy with the configuration that we ship. */
public final class Caddy {
  private static final String SHIPPED = "liberty/Caddyfile";

  private Caddy() {}

  /** Starts it with these values for the names in braces; {@code LISTEN} is chosen here. */
  public static Gateway start(Map<String, String> values) throws IOException {
    Path program = Tools.program("caddy");
    int port = Ports.free();
    Path home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "caddy-");
    Path configuration = home.resolve("Caddyfile");
    Files.writeString(
        configuration,
        """
        {
          admin off
          auto_https off
        }
        """
            + Files.readString(Path.of(SHIPPED)));
    ProcessBuilder builder =
        new ProcessBuilder(
            program.toString(),
            "run",
            "--config",
            configuration.toString(),
            "--adapter",
            "caddyfile");
    builder.environment().putAll(values);
    builder.environment().put("LISTEN", "http://127.0.0.1:" + port);
    builder.environment().put("HOME", home.toString());
    return Gateway.start(builder, home, port);
  }
}
