package io.keyturn.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletRequest;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who reports a failure names the request; the log must know it by that name. */
class FailureLogTest {
  private final Logger log = Logger.getLogger(FailureLog.class.getName());
  private final List<LogRecord> records = new ArrayList<>();
  private final ServletRequest request = request();
  private final Handler recorder =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          records.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private static ServletRequest request() {
    Map<Object, Object> attributes = new HashMap<>();
    return (ServletRequest)
        Proxy.newProxyInstance(
            FailureLogTest.class.getClassLoader(),
            new Class<?>[] {ServletRequest.class},
            (proxy, method, arguments) ->
                method.getName().equals("setAttribute")
                    ? attributes.put(arguments[0], arguments[1])
                    : attributes.get(arguments[0]));
  }

  @BeforeEach
  void listen() {
    log.setUseParentHandlers(false);
    log.setLevel(Level.ALL);
    log.addHandler(recorder);
  }

  @AfterEach
  void leave() {
    log.removeHandler(recorder);
    log.setLevel(null);
    log.setUseParentHandlers(true);
  }

  private void assertLogged(Level level) {
    assertThat(records).singleElement().extracting(LogRecord::getLevel).isEqualTo(level);
    assertThat(records.get(0).getMessage()).contains(RequestId.of(request));
  }

  @Test
  void unforeseenFailureIsSevereAndItsSecretIsHidden() {
    String secret = "kt_live_" + "a".repeat(49);

    FailureLog.unforeseen(request, new IllegalStateException("no " + secret));

    assertLogged(Level.SEVERE);
    assertThat(records.get(0).getThrown().toString())
        .contains("IllegalStateException")
        .doesNotContain(secret);
  }

  @Test
  void lostDatabaseIsAWarning() {
    Throwable thrown = new IllegalStateException(new SQLException("no", "08006"));

    FailureLog.foreseen(request, Failure.of(thrown).orElseThrow(), thrown);

    assertLogged(Level.WARNING);
  }

  @Test
  void whatSomebodyCanCauseAtWillIsFine() {
    Throwable thrown = ProblemException.notFound("API key");

    FailureLog.foreseen(request, Failure.of(thrown).orElseThrow(), thrown);
    assertLogged(Level.FINE);
    records.clear();
    FailureLog.ofContainer(request, 404, null);
    assertLogged(Level.FINE);
  }

  @Test
  void failureOfTheContainerIsSevereWithAndWithoutAnException() {
    FailureLog.ofContainer(request, 500, null);
    assertLogged(Level.SEVERE);
    records.clear();
    FailureLog.ofContainer(request, 503, new IllegalStateException("x"));
    assertLogged(Level.SEVERE);
  }
}
