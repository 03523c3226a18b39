package io.keyturn.database;

import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import java.util.regex.Pattern;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** Refuses writing statements while the embedded database's disk is full. Reading goes on. */
public final class NoWriteToFullDisk implements StatementInspector {
  private static final long serialVersionUID = 1L;
  private static final Pattern WRITES =
      Pattern.compile(
          "\\s*(insert|update|delete|merge)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @Override
  public String inspect(String sql) {
    return refuse(sql);
  }

  /**
   * Refuses a writing statement that does not pass through Hibernate.
   *
   * @return the statement
   * @throws ProblemException 503 while the disk is full
   */
  static String refuse(String sql) {
    if (DiskReserve.isDiskFull() && WRITES.matcher(sql).matches()) {
      throw new ProblemException(
          ProblemType.UNAVAILABLE, "The database's disk is full. Please retry later.");
    }
    return sql;
  }
}
