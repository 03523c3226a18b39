package io.keyturn.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogContextTest {
  private static final Logger LOG = Logger.getLogger(LogContextTest.class.getName());
  private static final Logger ROOT = Logger.getLogger("");

  private final List<String> lines = new ArrayList<>();
  private final Handler server =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {
          // Nothing is kept.
        }

        @Override
        public void close() {
          // Nothing is open.
        }
      };

  @BeforeEach
  void listen() {
    LogContext.start();
    ROOT.addHandler(server);
  }

  @AfterEach
  void leave() {
    LogContext.end();
    LogContext.stop();
    ROOT.removeHandler(server);
  }

  private static Map<String, String> members() {
    Map<String, String> members = new HashMap<>();
    LogRecordContext.getExtensions(members);
    return members;
  }

  @Test
  void lineOfARequestSaysWhoseItIs() {
    LogContext.put("request_id", "r1");
    LogContext.put("organisation", "demo");

    LOG.log(Level.WARNING, "{0} went wrong", "something");

    assertThat(lines).containsExactly("[request_id=r1 organisation=demo] something went wrong");
    assertThat(members()).containsEntry("request_id", "r1").containsEntry("organisation", "demo");
  }

  @Test
  void nextRequestOfTheThreadKnowsNothingOfTheOneBefore() {
    LogContext.put("request_id", "r1");
    LogContext.end();

    LOG.warning("of nobody");

    assertThat(lines).containsExactly("of nobody");
    assertThat(members()).doesNotContainKey("request_id");
  }

  @Test
  void linesOfOthersStayAsTheyAre() {
    LogContext.put("request_id", "r1");

    Logger.getLogger("org.example").warning("of a library");

    assertThat(lines).containsExactly("of a library");
  }
}
