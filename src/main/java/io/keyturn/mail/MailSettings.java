package io.keyturn.mail;

import io.keyturn.config.SettingsReader;
import io.keyturn.config.StartupCheck;
import io.keyturn.config.WrongSetting;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The settings of the mail server.
 *
 * @param host empty when no mail is sent, which is the default
 * @param login user and password; empty when the server needs none
 * @param from the sender's address
 */
record MailSettings(Optional<String> host, int port, Tls tls, Optional<Login> login, String from) {

  /** The protection of the connection. */
  enum Tls {
    /** Begins in plain text, and must change to TLS before any other command (RFC 3207). */
    STARTTLS(587),
    /** TLS from the first byte on (RFC 8314). */
    TLS(465),
    /** No protection: for a relay on the same machine. */
    NONE(25);

    private final int port;

    Tls(int port) {
      this.port = port;
    }
  }

  /** The login, which is never printed. */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }

  /**
   * Reads and checks the settings.
   *
   * @throws WrongSetting at the first wrong setting
   */
  static MailSettings load() {
    return from(ConfigProvider.getConfig());
  }

  static MailSettings from(Config config) {
    SettingsReader in = new SettingsReader(config);
    Optional<String> host =
        in.optional("keyturn.mail.host")
            .map(h -> in.text("keyturn.mail.host", "[A-Za-z0-9.:-]{1,253}", "a host name", null));
    Tls tls =
        switch (in.text(
            "keyturn.mail.tls", "starttls|tls|none", "starttls, tls or none", "starttls")) {
          case "tls" -> Tls.TLS;
          case "none" -> Tls.NONE;
          default -> Tls.STARTTLS;
        };
    int port = in.number("keyturn.mail.port", 1, 65_535, tls.port);
    if (host.isEmpty()) {
      return new MailSettings(host, port, tls, Optional.empty(), "");
    }
    return new MailSettings(
        host,
        port,
        tls,
        login(in),
        in.text(
            "keyturn.mail.from", "[^@\\s<>,]{1,64}@[^@\\s<>,]{1,189}", "an email address", null));
  }

  private static Optional<Login> login(SettingsReader in) {
    Optional<String> user = in.optional("keyturn.mail.user").map(String::strip);
    Optional<String> password = in.secretFile("keyturn.mail.password.file", 1);
    if (user.isPresent() != password.isPresent()) {
      throw new WrongSetting(
          user.isPresent() ? "keyturn.mail.password.file" : "keyturn.mail.user",
          "must be set too: user and password belong together");
    }
    return user.map(u -> new Login(u, password.orElseThrow()));
  }

  /** Reads the settings at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      load();
    }
  }
}
