package io.keyturn.config;

import io.keyturn.network.TrustedProxies;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The configuration, read once and validated. src/docs/configuration.md lists the names.
 *
 * @param dataDir the directory of the embedded database, the root key and the first password
 * @param databaseUrl the JDBC address
 * @param rootKeyFile the root key's file; only the embedded database has a default
 * @param baseDomain the domain below which organisations have their hosts
 * @param httpPort the port on which the server listens
 * @param secureCookies whether browsers send the session's cookie over TLS only
 * @param organisation the first organisation's domain label
 * @param adminEmail the first administrator's address
 * @param adminPassword the first administrator's password; empty for a generated one
 * @param demoSuppliers how many suppliers an empty database gets
 * @param secretPrefix the beginning of each secret, before {@code _live_}
 * @param allowedOrigins the sites whose pages may call the API from browsers
 * @param organisationRequestsPerMinute how many requests all keys of an organisation may make on
 *     this node
 * @param verificationCacheSize how many credentials a node remembers
 * @param trustedProxies the proxies that are trusted to name the client's address
 * @param otherHosts further host names of the platform, beside its base domain
 */
public record Settings(
    Path dataDir,
    String databaseUrl,
    Path rootKeyFile,
    String baseDomain,
    int httpPort,
    boolean secureCookies,
    String organisation,
    String adminEmail,
    Optional<String> adminPassword,
    int demoSuppliers,
    String secretPrefix,
    Set<String> allowedOrigins,
    int organisationRequestsPerMinute,
    int verificationCacheSize,
    TrustedProxies trustedProxies,
    Set<String> otherHosts) {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern DOMAIN =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final String HOSTS = "%1$s( %1$s)*".formatted(DOMAIN.pattern());
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,190}");
  private static final Pattern ORIGINS =
      Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?( https?://[a-z0-9.-]+(:[0-9]{1,5})?)*");
  private static final Pattern HOST =
      Pattern.compile("[*]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]+");
  private static final int MIN_PASSWORD = 12;
  private static final int HTTP_PORT = 9080;
  private static final int HTTPS_PORT = 9443;

  /** Whether the database is the embedded database. This node is then the only node. */
  public boolean embedded() {
    return isEmbedded(databaseUrl);
  }

  /** Whether a JDBC address names an embedded database. */
  public static boolean isEmbedded(String databaseUrl) {
    return databaseUrl.startsWith("jdbc:h2:");
  }

  /** Whether a text may be an organisation's domain: a DNS label (RFC 1035) in lower case. */
  public static boolean isLabel(String label) {
    return LABEL.matcher(label).matches();
  }

  /**
   * Reads and checks the whole configuration.
   *
   * @throws WrongSetting at the first wrong value
   */
  public static Settings load() {
    return from(ConfigProvider.getConfig());
  }

  /** Reads and checks a configuration. */
  public static Settings from(Config config) {
    SettingsReader in = new SettingsReader(config);
    String url =
        in.text(
            "keyturn.database.url",
            "jdbc:(h2|postgresql):.+",
            "a JDBC address of PostgreSQL or H2",
            null);
    boolean embedded = isEmbedded(url);
    Path dataDir = Path.of(in.text("keyturn.data.dir", ".+", "a folder", null));
    String keyFile =
        in.text(
            "keyturn.root.key.file",
            ".+",
            "a file",
            embedded ? dataDir.resolve("root-key").toString() : null);
    Optional<String> password = in.optional("keyturn.admin.password");
    password.ifPresent(
        p -> {
          if (p.length() < MIN_PASSWORD) {
            throw new WrongSetting(
                "keyturn.admin.password", "must have at least " + MIN_PASSWORD + " characters");
          }
        });
    checkWhatTheServerReads(in);
    return new Settings(
        dataDir,
        url,
        Path.of(keyFile),
        in.text("keyturn.base.domain", DOMAIN.pattern(), "a domain in lower case", "localhost"),
        in.number("keyturn.http.port", 1, 65_535, HTTP_PORT),
        in.flag("keyturn.secure.cookies", false),
        in.text("keyturn.organisation", LABEL.pattern(), "letters, digits and hyphens", "demo"),
        in.text("keyturn.admin.email", EMAIL.pattern(), "an email address", "admin@demo.example"),
        password,
        in.number("keyturn.demo.suppliers", 0, 1_000_000, embedded ? 500 : 0),
        in.text(
            "keyturn.secret.prefix",
            "[a-z][a-z0-9]{1,9}",
            "2 to 10 lower-case letters and digits",
            "kt"),
        in.optional("keyturn.allowed.origins")
            .map(
                o ->
                    in.text(
                        "keyturn.allowed.origins",
                        ORIGINS.pattern(),
                        "origins such as https://app.example.com, with spaces between",
                        o))
            .map(o -> Set.copyOf(List.of(o.split(" "))))
            .orElse(Set.of()),
        in.number("keyturn.organisation.requests.per.minute", 1, 10_000_000, 60_000),
        in.number("keyturn.verification.cache.size", 1_000, 10_000_000, 100_000),
        in.proxies("keyturn.trusted.proxies"),
        in.optional("keyturn.other.hosts")
            .map(
                o ->
                    in.text(
                        "keyturn.other.hosts",
                        HOSTS,
                        "names in lower case, without ports, with spaces between",
                        o))
            .map(o -> Set.copyOf(List.of(o.split(" ", -1))))
            .orElse(Set.of()));
  }

  /**
   * Checks the settings that the server itself reads. The server would silently ignore a wrong
   * value.
   */
  private static void checkWhatTheServerReads(SettingsReader in) {
    in.text("keyturn.http.host", HOST.pattern(), "* or an address or name of this machine", "*");
    int https = in.number("keyturn.https.port", 1, 65_535, HTTPS_PORT);
    if (https == in.number("keyturn.http.port", 1, 65_535, HTTP_PORT)) {
      throw new WrongSetting("keyturn.https.port", "must not be the port of KEYTURN_HTTP_PORT");
    }
  }

  /** Reads the settings at the start, so that a wrong setting stops it. */
  public static final class Check implements StartupCheck {
    @Override
    public void check() {
      load();
    }
  }
}
