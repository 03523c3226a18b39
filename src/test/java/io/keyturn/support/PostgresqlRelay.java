package io.keyturn.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A relay to PostgreSQL on a free port of the loopback interface. It can silence the connections
 * that listen to announcements of changes: they stay open, and whatever is sent on them in either
 * direction is dropped, as in a network that loses packets. All other connections go on.
 */
public final class PostgresqlRelay implements AutoCloseable {
  private static final String LISTEN = "LISTEN keyturn_changes";
  private static final int BACKLOG = 200;

  private final URI database;
  private final ServerSocket taking;
  private final Queue<Relayed> connections = new ConcurrentLinkedQueue<>();
  private volatile boolean silent;

  /** A relayed connection. */
  private static final class Relayed {
    private final Socket client;
    private final Socket server;
    private volatile boolean listens;

    /** For good: a stream that has lost bytes is of no use any more. */
    private volatile boolean cut;

    Relayed(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void close() {
      try (client;
          server) {
        // They may have been closed before.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Opens a relay.
   *
   * @param jdbcUrl of a database, as in {@code jdbc:postgresql://localhost:5432/keyturn}
   */
  public PostgresqlRelay(String jdbcUrl) {
    database = URI.create(jdbcUrl.substring("jdbc:".length()));
    try {
      taking = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::take);
  }

  /** The address of the database through this relay. */
  public String jdbcUrl() {
    String query = database.getQuery() == null ? "" : "?" + database.getQuery();
    return "jdbc:postgresql://127.0.0.1:" + taking.getLocalPort() + database.getPath() + query;
  }

  /** From now on drops everything on connections that listen, also on new ones. */
  public void silence() {
    silent = true;
  }

  /** Relays everything on new connections. Those that have lost something stay silent. */
  public void endSilence() {
    silent = false;
  }

  /** How many connections listened or tried to, and have lost something. */
  public long silenced() {
    return connections.stream().filter(relayed -> relayed.cut).count();
  }

  private void take() {
    try {
      while (true) {
        Socket client = taking.accept();
        Socket server = new Socket(database.getHost(), database.getPort());
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Relayed relayed = new Relayed(client, server);
        connections.add(relayed);
        start(() -> relay(relayed, client, server));
        start(() -> relay(relayed, server, client));
      }
    } catch (IOException e) {
      // It was closed.
    }
  }

  private void relay(Relayed relayed, Socket from, Socket to) {
    byte[] buffer = new byte[16_384];
    String sent = "";
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        if (from == relayed.client) {
          // The text may come in two parts.
          sent =
              sent.substring(Math.max(0, sent.length() - LISTEN.length()))
                  + new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
          relayed.listens |= sent.contains(LISTEN);
        }
        relayed.cut |= relayed.listens && silent;
        if (!relayed.cut) {
          out.write(buffer, 0, length);
        }
      }
    } catch (IOException e) {
      // One end was closed.
    }
    // The client of a silent connection does not hear that the server has closed it.
    if (!relayed.cut || from == relayed.client) {
      relayed.close();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "postgresql-relay");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      taking.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    connections.forEach(Relayed::close);
  }
}
