package io.keyturn.supplier.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.supplier.SupplierBatch.Outcome;
import io.keyturn.support.Eventually;
import io.keyturn.support.Fields;
import io.keyturn.support.TestSessions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.Test;

class ImportWorkTest {
  private static final String URL =
      "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";
  private static final OrganisationId ORGANISATION = new OrganisationId(new UUID(1, 2));

  private static void organisation() throws SQLException {
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO organisation (id, domain, name, strict, created_at, version)"
              + " VALUES ('%s', 'one', 'One', FALSE, CURRENT_TIMESTAMP, 0)"
                  .formatted(ORGANISATION.value()));
    }
  }

  private static void somebodyWaits() {
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM INFORMATION_SCHEMA.SESSIONS WHERE BLOCKER_ID IS NOT NULL")) {
      assertThat(row.next()).isTrue();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SupplierImport find(Session session, UUID id) {
    return Objects.requireNonNull(session.find(SupplierImport.class, id));
  }

  private static void noteFailure(SessionFactory sessions, ImportPiece.Key piece) {
    sessions.inTransaction(
        session -> {
          ImportWork work = new ImportWork();
          Fields.set(work, "clock", Clock.systemUTC());
          Fields.set(work, "entities", session);
          work.failed(piece);
        });
  }

  /** A node whose piece fails must not undo what another node writes at the same moment. */
  @Test
  void failureOfAPieceThatAnotherNodeWritesIsNotNoted() throws Exception {
    try (SessionFactory sessions =
        TestSessions.open(URL, "sa", Map.of(), SupplierImport.class, ImportPiece.class)) {
      organisation();
      Actor actor = new Actor(Actor.Type.API_KEY, new UUID(3, 4), "ERP", null);
      SupplierImport sent =
          new SupplierImport(ORGANISATION, "a.csv", ',', List.of("name"), actor, Instant.now());
      sent.hold(2, 2, Instant.now());
      sent.queue(false, Instant.now());
      sessions.inTransaction(session -> session.persist(sent));
      UUID id = sent.id();
      CompletableFuture<Void> failure;

      try (Session other = sessions.openSession()) {
        other.beginTransaction();
        find(other, id).done(List.of(Outcome.CREATED), Instant.now());
        other.flush();
        failure =
            CompletableFuture.runAsync(() -> noteFailure(sessions, new ImportPiece.Key(id, 0)));
        Eventually.within(Duration.ofSeconds(20), ImportWorkTest::somebodyWaits);
        other.getTransaction().commit();
      }
      failure.get(20, TimeUnit.SECONDS);

      SupplierImport after = sessions.fromTransaction(session -> find(session, id));
      assertThat(after.nextPiece()).isEqualTo(1);
      assertThat(after.rowsCreated()).isEqualTo(1);
    }
  }
}
