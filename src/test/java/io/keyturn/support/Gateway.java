package io.keyturn.support;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real server of somebody else's before ours, which runs until it is closed. */
public final class Gateway implements AutoCloseable {
  private final Process process;
  private final int port;

  private Gateway(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it and waits until it listens. */
  public static Gateway start(ProcessBuilder program, Path home, int port) throws IOException {
    Process process =
        program
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
            throw new AssertionError("it does not listen; see " + home, e);
          }
        });
    return new Gateway(process, port);
  }

  public int port() {
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
