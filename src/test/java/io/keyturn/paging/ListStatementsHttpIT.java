package io.keyturn.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.support.Api.Answer;
import io.keyturn.support.Control;
import io.keyturn.support.Control.Key;
import io.keyturn.support.Control.Statements;
import io.keyturn.support.Eventually;
import io.keyturn.support.KeyturnServer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page of a list costs the database. The server has 60 demo suppliers. */
class ListStatementsHttpIT {
  private static final KeyturnServer SERVER = KeyturnServer.shared();
  private static final int TRIES = 10;

  private static Key key;

  @BeforeAll
  static void fill() {
    key =
        SERVER.control().key(Control.wish().scopes("suppliers:read api-keys:read audit-log:read"));
    SERVER.control().keys("demo", 30);
  }

  private static Answer get(String path) {
    Answer answer = SERVER.api().get("/api/v1" + path, key.secret());
    assertThat(answer.status()).as(path + answer.body()).isEqualTo(200);
    return answer;
  }

  private static int rows(String path) {
    return get(path).json().getJsonArray("data").size();
  }

  /**
   * What pages of up to so many rows cost, each with another number of rows: the least statements,
   * because timers use the database too, and the median of translated queries.
   */
  private static Statements cost(String path, int rows) {
    int[] prepared = new int[TRIES];
    int[] translated = new int[TRIES];
    for (int i = 0; i < TRIES; i++) {
      Statements before = SERVER.control().statements();
      get(path + "limit=" + Math.max(1, rows - i));
      Statements after = SERVER.control().statements();
      prepared[i] = after.prepared() - before.prepared();
      translated[i] = after.translated() - before.translated();
    }
    Arrays.sort(prepared);
    Arrays.sort(translated);
    return new Statements(prepared[0], translated[TRIES / 2]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/suppliers?",
        "/suppliers?sort=-updated_at&",
        "/suppliers?status=all&",
        "/suppliers?q=e&",
        "/locations?",
        "/api-keys?",
        "/api-keys?status=all&",
        "/audit-events?",
        "/audit-events?action=API_KEY_CREATED&"
      })
  void largePageCostsNoMoreStatementsThanASmallOne(String path) {
    assertThat(rows(path + "limit=50")).isGreaterThan(rows(path + "limit=1"));

    // Work that earlier tests have left in the background executes statements for some seconds.
    Eventually.within(
        Duration.ofSeconds(30),
        () -> {
          Statements small = cost(path, 1);
          Statements large = cost(path, 50);
          assertThat(small.prepared()).isPositive();
          assertThat(large.prepared()).isEqualTo(small.prepared());
          assertThat(large.translated()).isZero();
        });
  }
}
