package io.keyturn;

import org.junit.jupiter.api.Test;

/** On PostgreSQL the root key must be given, for it must not lie with the data. */
class StartPostgresqlIT {
  @Test
  void absentRootKeySettingKeepsTheApplicationFromStarting() {
    try (KeyturnServer server =
        KeyturnServer.named("wrong-postgresql")
            .on(TestDatabase.POSTGRESQL)
            .without("KEYTURN_ROOT_KEY_FILE")) {
      server.launch();
      StartIT.assertDoesNotStart(server, "KEYTURN_ROOT_KEY_FILE");
    }
  }
}
