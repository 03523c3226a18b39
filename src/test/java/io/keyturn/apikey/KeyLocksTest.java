package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What a failed write is taken for. */
class KeyLocksTest {
  private static KeyLocks failingWith(PersistenceException failure)
      throws ReflectiveOperationException {
    KeyLocks keys = new KeyLocks();
    Field entities = KeyLocks.class.getDeclaredField("entities");
    entities.setAccessible(true);
    entities.set(
        keys,
        Proxy.newProxyInstance(
            KeyLocksTest.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              throw failure;
            }));
    return keys;
  }

  private static PersistenceException failure(String state) {
    return new PersistenceException(new SQLException("x", state));
  }

  @Test
  void nameThatAnotherTookMeanwhileIsAConflict() throws ReflectiveOperationException {
    KeyLocks keys = failingWith(failure("23505"));

    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> keys.flushName("ERP"))
        .withMessageContaining("There is already an API key with the name \"ERP\".");
  }

  @Test
  void lostDatabaseIsNoTakenName() throws ReflectiveOperationException {
    for (String state : new String[] {"08006", "57P01", "22001", "23503"}) {
      PersistenceException failure = failure(state);
      KeyLocks keys = failingWith(failure);

      assertThatThrownBy(() -> keys.flushName("ERP")).as(state).isSameAs(failure);
    }
  }
}
