package io.keyturn.http;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Constructor;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Corrects the server's table of status codes. Open Liberty has no setting for it, and its table is
 * that of RFC 2616: it calls 422, 428 and 429 "Undefined". It also closes the connection after most
 * failures of a client, so that each failure costs a new TLS handshake (issues 16521 and 25933 of
 * Open Liberty). So the application adds its own rows at the start, see record 0024.
 */
public final class StatusLines {
  private static final Logger LOG = Logger.getLogger(StatusLines.class.getName());
  private static final String TABLE = "com.ibm.wsspi.http.channel.values.StatusCodes";

  /**
   * The answers after which a connection stays open, with their phrases (RFC 9110 §15.5). The
   * server itself answers 400, 408, 411, 413 and 414 when it could not read a request to its end.
   * The next bytes on that connection could belong to the same request, so these answers close it.
   */
  private static final Map<Integer, String> ROWS =
      Map.of(
          403, "Forbidden",
          404, "Not Found",
          405, "Method Not Allowed",
          406, "Not Acceptable",
          409, "Conflict",
          412, "Precondition Failed",
          415, "Unsupported Media Type",
          422, "Unprocessable Content",
          428, "Precondition Required",
          429, "Too Many Requests");

  private StatusLines() {}

  /** Adds the rows. If that fails, the server answers as before. */
  public static void enter(ServletContext context) {
    try {
      Constructor<?> row = table(context).getConstructor(int.class, String.class, boolean.class);
      for (Map.Entry<Integer, String> status : ROWS.entrySet()) {
        Object entered = row.newInstance(status.getKey(), status.getValue(), false);
        LOG.log(Level.FINE, "{0}", entered);
      }
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.WARNING, "The server keeps its own status codes: {0}", e.toString());
    }
  }

  /**
   * The application cannot load the server's class by itself; the class loader of its context can.
   */
  private static Class<?> table(ServletContext context) throws ClassNotFoundException {
    for (Class<?> c = context.getClass(); c != Object.class; c = c.getSuperclass()) {
      try {
        return Class.forName(TABLE, true, c.getClassLoader());
      } catch (ClassNotFoundException e) {
        LOG.log(Level.FINE, "{0} does not see the table", c.getName());
      }
    }
    throw new ClassNotFoundException(TABLE);
  }
}
