package io.keyturn.database;

import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Keeps Flyway's lock as long as the migrations take. The lock is a transaction that idles
 * meanwhile, which the database may end. A migration may write a million rows.
 */
public final class PatientMigrations extends BaseCallback {
  private static final String IDLE = "idle_in_transaction_session_timeout";

  /** The two events that have the connection of the lock. */
  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_VALIDATE || event == Event.AFTER_MIGRATE_OPERATION_FINISH;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      Postgresql.execute(
          context.getConnection(),
          event == Event.BEFORE_VALIDATE ? "SET " + IDLE + " = 0" : "RESET " + IDLE);
    } catch (SQLException e) {
      throw new FlywayException("the time that migrations may take cannot be changed", e);
    }
  }
}
