package io.keyturn;

import io.keyturn.audit.AuditFileTimer;
import io.keyturn.config.Settings;
import io.keyturn.config.WrongSetting;
import io.keyturn.database.DatabasePulse;
import io.keyturn.database.RowChanges;
import io.keyturn.database.SchemaIntegrator;
import io.keyturn.database.WriteTimer;
import io.keyturn.http.LogContext;
import io.keyturn.http.StatusLines;
import io.keyturn.http.ThreadReserve;
import io.keyturn.keyring.Keyring;
import io.keyturn.notice.NoticeTimer;
import io.keyturn.refresh.RefreshTimer;
import io.keyturn.supplier.file.ImportTimer;
import io.keyturn.user.SignedPeople;
import io.keyturn.user.signin.InitialPassword;
import io.keyturn.webhook.WebhookTimer;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Opens the keyring, fills an empty database, prints the address to open and, after all that,
 * starts the timers.
 */
@WebListener
public class Start implements ServletContextListener {
  private static final Logger LOG = Logger.getLogger("io.keyturn");

  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private SignedPeople signedPeople;
  @Inject private FirstStart firstStart;
  @Inject private InitialPassword initialPassword;
  @Inject private RefreshTimer refreshTimer;
  @Inject private WriteTimer writeTimer;
  @Inject private WebhookTimer webhookTimer;
  @Inject private NoticeTimer noticeTimer;
  @Inject private ImportTimer importTimer;
  @Inject private AuditFileTimer auditFileTimer;
  @Inject private DatabasePulse pulse;
  @Inject private RowChanges changes;
  @Inject private ThreadReserve reserve;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    LogContext.start();
    try {
      StatusLines.enter(event.getServletContext());
      keyring.open();
      signedPeople.signOnce();
      greet(firstStart.fill());
      pulse.start();
      changes.start();
      refreshTimer.start();
      writeTimer.start();
      webhookTimer.start();
      noticeTimer.start();
      importTimer.start();
      auditFileTimer.start();
      reserve.start();
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null && !(cause instanceof WrongSetting)) {
        cause = cause.getCause();
      }
      String why = SchemaIntegrator.failure().orElse(cause.getMessage());
      LOG.log(Level.SEVERE, "Keyturn does not start. {0}", why);
      throw e;
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    LogContext.stop();
  }

  private void greet(Optional<String> generated) {
    StringBuilder text = new StringBuilder("\n\n");
    text.append("  Keyturn is ready at http://")
        .append(settings.baseDomain())
        .append(":")
        .append(settings.httpPort())
        .append("/\n");
    if (generated.isPresent()) {
      text.append("  Sign in as ")
          .append(settings.adminEmail())
          .append(" with the password ")
          .append(generated.get())
          .append("\n  (also in ")
          .append(initialPassword.file())
          .append("; you will be asked to choose your own)\n");
    } else if (Files.exists(initialPassword.file())) {
      text.append("  Sign in as ")
          .append(settings.adminEmail())
          .append(" with the password in ")
          .append(initialPassword.file())
          .append("\n");
    }
    // Not System.out: the server copies it into its log files, which must not keep a password.
    new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
        .println(text);
  }
}
