package io.keyturn.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this JVM's tests. A server takes its port seconds after it got the number, and again
 * after each restart, so nobody else may get the same number meanwhile.
 */
public final class Ports {
  /** Below the ports that the system gives to outgoing connections. */
  private static final int LOWEST = 12_000;

  private static final int OF_A_JVM = 5_000;

  /** The JVMs of a run, which are two, have numbers of their own. */
  private static final int FROM = LOWEST + OF_A_JVM * ((jvm() - 1) % 4);

  /** Another place each time, for what an earlier run has left behind. */
  private static int next = ThreadLocalRandom.current().nextInt(OF_A_JVM);

  private Ports() {}

  /** A port that nobody listens on. No number is given twice, in the first 5 000. */
  public static synchronized int free() {
    while (true) {
      int port = FROM + next++ % OF_A_JVM;
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // Taken: the next one.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int jvm() {
    return Integer.parseInt(System.getProperty("keyturn.test.jvm", "jvm-1").substring(4));
  }
}
