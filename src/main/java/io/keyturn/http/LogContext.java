package io.keyturn.http;

import com.ibm.websphere.logging.hpel.LogRecordContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * What each line of the log says of the request that it belongs to: {@code request_id}, and as soon
 * as they are known {@code organisation} and {@code api_key}. Lines of text begin with it; in lines
 * of JSON it also stands in members of its own, as {@code ext_request_id}, which the lines of the
 * server and of libraries have too.
 *
 * @see <a href="https://openliberty.io/docs/latest/json-log-events-list.html">Open Liberty's JSON
 *     log events</a>
 */
public final class LogContext {
  private static final ThreadLocal<Map<String, String>> OF_REQUEST =
      ThreadLocal.withInitial(LinkedHashMap::new);

  /** Kept here, for the log manager holds loggers weakly. */
  private static final Logger OURS = Logger.getLogger("io.keyturn");

  private static final Handler HANDLER = new Before();

  private LogContext() {}

  /** Begins to say it in the log of this application. */
  public static void start() {
    OURS.addHandler(HANDLER);
  }

  /** Stops that, so that the server can let the application go. */
  public static void stop() {
    OURS.removeHandler(HANDLER);
  }

  /** Says this of the running request from now on. A value is our own text, no stranger's. */
  public static void put(String name, String value) {
    OF_REQUEST.get().put(name, value);
    LogRecordContext.addExtension(name, value);
  }

  /** The request has ended; its thread goes on with another. */
  static void end() {
    OF_REQUEST.get().keySet().forEach(LogRecordContext::removeExtension);
    OF_REQUEST.remove();
  }

  /** The context in the form of a line's beginning; empty outside of requests. */
  static String prefix() {
    Map<String, String> context = OF_REQUEST.get();
    return context.isEmpty()
        ? ""
        : context.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(" ", "[", "] "));
  }

  /** Runs before the handlers of the server, which get the same record. */
  private static final class Before extends Handler {
    @Override
    public void publish(LogRecord line) {
      String prefix = prefix();
      if (!prefix.isEmpty()) {
        line.setMessage(prefix + line.getMessage());
      }
    }

    @Override
    public void flush() {
      // Nothing is kept.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
