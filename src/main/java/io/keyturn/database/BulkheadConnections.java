package io.keyturn.database;

import io.keyturn.config.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.hibernate.engine.jdbc.connections.internal.DataSourceConnectionProvider;

/**
 * Gives Hibernate the server's connections through the bulkhead, one for each transaction: see
 * {@code hibernate.connection.handling_mode} in persistence.xml. The embedded database has one
 * writer at a time.
 */
public class BulkheadConnections extends DataSourceConnectionProvider {
  /** As many as {@code maxPoolSize} in server.xml. */
  private static final int CONNECTIONS = 20;

  /** With the connections, this stays well below {@code coreThreads} in server.xml. */
  private static final int MOST_WAITING = 120;

  private static final int MOST_WAITING_WHILE_SLOW = 60;
  private static final long LONGEST_WAIT_MILLIS = 5_000;

  /**
   * Static, because Hibernate creates the provider, and other users of the bulkhead need it too.
   */
  static final DatabaseBulkhead BULKHEAD =
      new DatabaseBulkhead(CONNECTIONS, MOST_WAITING, MOST_WAITING_WHILE_SLOW, LONGEST_WAIT_MILLIS);

  private static final OneWriter WRITER = new OneWriter(LONGEST_WAIT_MILLIS);

  private final boolean embedded =
      ConfigProvider.getConfig()
          .getOptionalValue("keyturn.database.url", String.class)
          .filter(Settings::isEmbedded)
          .isPresent();

  @Override
  public Connection getConnection() throws SQLException {
    return BULKHEAD.enter(
        () -> embedded ? WRITER.guard(super.getConnection()) : super.getConnection());
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    try {
      super.closeConnection(connection);
    } finally {
      BULKHEAD.leaves(connection);
    }
  }
}
