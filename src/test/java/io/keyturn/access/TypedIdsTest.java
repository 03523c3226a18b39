package io.keyturn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.support.TestSessions;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Typed ids as Hibernate stores and compares them, over the real schema. */
class TypedIdsTest {
  private static final OrganisationId ID = OrganisationId.random();
  private static SessionFactory sessions;

  /** A row as a query makes it. */
  public record Row(OrganisationId id, String domain) {}

  @BeforeAll
  static void open() {
    sessions =
        TestSessions.open(
            "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
            "sa",
            Map.of(),
            Organisation.class);
    sessions.inTransaction(
        session ->
            session
                .createNativeMutationQuery(
                    "INSERT INTO organisation (id, domain, name, strict, created_at, version)"
                        + " VALUES (:id, 'demo', 'Demo', FALSE, CURRENT_TIMESTAMP, 0)")
                .setParameter("id", ID.value())
                .executeUpdate());
  }

  @AfterAll
  static void close() {
    sessions.close();
  }

  private static List<Row> rows(String condition, Object parameter) {
    return sessions.fromTransaction(
        session ->
            session
                .createQuery(
                    "select new io.keyturn.access.TypedIdsTest$Row(o.id, o.domain)"
                        + " from Organisation o where o.domain = 'demo' and o.id "
                        + condition,
                    Row.class)
                .setParameter("id", parameter)
                .getResultList());
  }

  @Test
  void entityIsFoundByItsId() {
    Organisation found = sessions.fromTransaction(session -> session.find(Organisation.class, ID));

    assertThat(found.id()).isEqualTo(ID);
  }

  @Test
  void queryComparesAndAnswersIds() {
    Row row = new Row(ID, "demo");

    assertThat(rows("= :id", ID)).containsExactly(row);
    assertThat(rows("in :id", List.of(OrganisationId.random(), ID))).containsExactly(row);
    assertThat(rows("= :id", OrganisationId.random())).isEmpty();
  }

  @Test
  void queryRefusesAnIdOfAnotherType() {
    assertThatThrownBy(() -> rows("= :id", new ApiKeyId(ID.value())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rows("in :id", List.of(ID.value())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textOfAnIdIsItsUuid() {
    UUID uuid = UUID.randomUUID();

    assertThat(new OrganisationId(uuid)).hasToString(uuid.toString());
    assertThat(new ApiKeyId(uuid)).hasToString(uuid.toString());
    assertThat(new PersonId(uuid)).hasToString(uuid.toString());
  }
}
