package io.keyturn.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A mail server (RFC 5321) that takes a mail and then does not say so, or refuses it. */
public final class ScriptedMailServer implements AutoCloseable {
  /** What it does with a mail. */
  public enum Manner {
    /** Accepts it. */
    ACCEPTS,
    /** Takes it, and ends the connection without an answer. */
    HANGS_UP,
    /** Takes it, and answers nothing until it is closed. */
    IS_SILENT,
    /** Refuses its recipient. */
    REFUSES
  }

  private final ServerSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private volatile Manner manner;

  public ScriptedMailServer(Manner manner) {
    this.manner = manner;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  public void manner(Manner other) {
    manner = other;
  }

  /** The mails that were taken whole, accepted or not, with their headers. */
  public List<String> taken() {
    return List.copyOf(taken);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        daemon(() -> talk(connection));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void talk(Socket connection) {
    try (connection;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
      say(connection, "220 test");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String command = line.split(" ", 2)[0];
        if (command.equals("DATA")) {
          say(connection, "354 go on");
          taken.add(data(in));
          if (manner == Manner.HANGS_UP) {
            return;
          }
          if (manner == Manner.IS_SILENT) {
            closed.await();
            return;
          }
          say(connection, "250 taken");
        } else if (command.equals("RCPT") && manner == Manner.REFUSES) {
          say(connection, "550 nobody here");
        } else if (command.equals("QUIT")) {
          say(connection, "221 bye");
          return;
        } else {
          say(connection, "250 well");
        }
      }
    } catch (IOException e) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String data(BufferedReader in) throws IOException {
    StringBuilder mail = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      mail.append(line).append('\n');
    }
    return mail.toString();
  }

  private static void say(Socket connection, String line) throws IOException {
    connection.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
