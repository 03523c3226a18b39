package io.keyturn.support;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import org.jspecify.annotations.Nullable;

/**
 * The server of the tests about the whole platform: it has an operator, sends mail to a mail server
 * and lets people sign in by a provider of OpenID Connect, both of which run in this JVM. Other
 * sites' pages may call it.
 */
public final class PlatformServer {
  public static final String ORIGINS = "https://app.example.com http://localhost:3000";
  public static final String MAIL_PASSWORD = "password-of-the-mail-server";
  public static final GreenMail MAIL =
      new GreenMail(new ServerSetup(Ports.free(), "127.0.0.1", "smtp"))
          .withConfiguration(
              GreenMailConfiguration.aConfig()
                  .withUser("keyturn@platform.example", "keyturn", MAIL_PASSWORD));

  /** A host of the platform that is none of its base domain. */
  public static final String OTHER_HOST = "keyturn.internal.example";

  public static final TestProvider PROVIDER = new TestProvider();

  private static @Nullable KeyturnServer server;

  private PlatformServer() {}

  /** Started at the first call, on this run's database. */
  public static synchronized KeyturnServer get() {
    if (server == null) {
      MAIL.start();
      server =
          KeyturnServer.named("platform-" + TestDatabase.current())
              .on(TestDatabase.current())
              .setting(
                  "KEYTURN_OPERATOR_TOKEN_FILE",
                  PlatformOperator.secretFile(PlatformOperator.TOKEN))
              .setting("KEYTURN_ALLOWED_ORIGINS", ORIGINS)
              .setting("KEYTURN_OTHER_HOSTS", OTHER_HOST)
              .setting("KEYTURN_TRUSTED_PROXYS", "192.0.2.1")
              .setting("KEYTURN_MAIL_HOST", "127.0.0.1")
              .setting("KEYTURN_MAIL_PORT", Integer.toString(MAIL.getSmtp().getPort()))
              .setting("KEYTURN_MAIL_TLS", "none")
              .setting("KEYTURN_MAIL_USER", "keyturn")
              .setting("KEYTURN_MAIL_PASSWORD_FILE", PlatformOperator.secretFile(MAIL_PASSWORD))
              .setting("KEYTURN_MAIL_FROM", "keyturn@platform.example")
              .setting("KEYTURN_OIDC_ISSUER", PROVIDER.issuer())
              .setting("KEYTURN_OIDC_CLIENT_ID", "keyturn-test")
              .setting(
                  "KEYTURN_OIDC_CLIENT_SECRET_FILE",
                  PlatformOperator.secretFile(TestProvider.SECRET))
              .setting("KEYTURN_OIDC_NAME", "Acme Login")
              .setting(
                  "KEYTURN_OIDC_ROLES",
                  "admins=Administrator; keys=Key manager; staff=Viewer; ghosts=No Such Role")
              .start();
    }
    return server;
  }
}
