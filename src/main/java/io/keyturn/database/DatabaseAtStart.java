package io.keyturn.database;

import io.keyturn.config.Settings;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import java.sql.SQLException;
import java.util.Locale;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Opens one connection to the database at start. Without this check, the first user of the database
 * would fail with a message that names no setting.
 */
public final class DatabaseAtStart implements StartupCheck {
  private static final Logger LOG = Logger.getLogger("io.keyturn");
  private static final String URL = "keyturn.database.url";
  private static final String USER_AND_PASSWORD =
      "keyturn.database.user, keyturn.database.password";

  /** The class of SQL states for refused users. */
  private static final String REFUSED = "28";

  @Override
  public void check() {
    warn(Settings.load());
    try {
      dataSource().getConnection().close();
    } catch (SQLException e) {
      throw refused(e);
    }
  }

  private static void warn(Settings settings) {
    if (settings.embedded() && !settings.databaseUrl().startsWith(CrashSafeFiles.URL)) {
      LOG.warning(
          "KEYTURN_DATABASE_URL: H2 loses answered writes when this process is killed, unless the"
              + " address begins with "
              + CrashSafeFiles.URL);
    }
  }

  /** Looks the data source up, since nothing is injected at this point. */
  @SuppressWarnings("BanJNDI") // The name is ours, and it is the server that has the object.
  private static DataSource dataSource() {
    try {
      return InitialContext.doLookup("jdbc/keyturn");
    } catch (NamingException e) {
      throw new WrongSetting(URL, "the server has no data source jdbc/keyturn");
    }
  }

  /**
   * The error for a failed connection. It does not repeat an address, which may contain a password.
   */
  static WrongSetting refused(SQLException e) {
    String said = String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    // PostgreSQL's driver has no SQL state for a missing password.
    boolean person =
        String.valueOf(e.getSQLState()).startsWith(REFUSED)
            || said.toLowerCase(Locale.ROOT).contains("no password");
    if (person) {
      return new WrongSetting(
          USER_AND_PASSWORD, "the database refuses them: " + withoutAddress(said));
    }
    return new WrongSetting(URL, "there is no connection to the database: " + withoutAddress(said));
  }

  private static String withoutAddress(String said) {
    return said.contains("jdbc:") ? "the address cannot be used" : said;
  }
}
