package io.keyturn.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes every connection, and says nothing: what a server does that hangs. */
public final class SilentServer implements AutoCloseable {
  private static final int BACKLOG = 200;

  private final ServerSocket socket;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
  private final AtomicInteger taken = new AtomicInteger();

  public SilentServer() {
    try {
      socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::take);
    thread.setDaemon(true);
    thread.start();
  }

  private void take() {
    try {
      while (true) {
        open.add(socket.accept());
        taken.incrementAndGet();
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** How many connections were taken so far. */
  public int taken() {
    return taken.get();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket connection : open) {
      connection.close();
    }
  }
}
