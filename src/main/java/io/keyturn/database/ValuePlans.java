package io.keyturn.database;

import jakarta.persistence.EntityManager;
import org.hibernate.Session;

/**
 * Plans of PostgreSQL that know the values of a statement. After some executions of a prepared
 * statement, PostgreSQL may plan it without its values, and then takes a rare word for a frequent
 * word.
 */
public final class ValuePlans {
  private ValuePlans() {}

  /** Plans each statement of the current transaction with its values. Nothing to do on H2. */
  public static void use(EntityManager entities) {
    entities
        .unwrap(Session.class)
        .doWork(
            connection ->
                Postgresql.execute(connection, "SET LOCAL plan_cache_mode = force_custom_plan"));
  }
}
