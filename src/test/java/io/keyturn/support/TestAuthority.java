package io.keyturn.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority of a test, with the JDK's keytool. */
public final class TestAuthority {
  /** Of all stores. */
  public static final String PASSWORD = "password";

  /** Ten years: tests turn the clock of their shared server by months. */
  private static final List<String> VALID = List.of("-validity", "3650");

  private final Path folder;
  private final X509Certificate certificate;

  public TestAuthority(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    List<String> wish = new ArrayList<>(VALID);
    wish.addAll(List.of("-keyalg", "EC", "-dname", "CN=Test CA", "-ext", "bc:c"));
    keytool("-genkeypair", "ca", wish.toArray(String[]::new));
    this.certificate = (X509Certificate) load("ca").getCertificate("ca");
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", certificate);
    try (OutputStream out = Files.newOutputStream(trustStore())) {
      trusted.store(out, PASSWORD.toCharArray());
    }
  }

  /** A store that trusts this authority alone. */
  public Path trustStore() {
    return folder.resolve("trusted.p12");
  }

  /** A certificate with its private key and its issuer. */
  public record Issued(X509Certificate certificate, X509Certificate issuer, PrivateKey key) {
    /** The certificate, then that of its issuer. */
    public String chain() throws GeneralSecurityException {
      return pem("CERTIFICATE", certificate.getEncoded()) + pem("CERTIFICATE", issuer.getEncoded());
    }

    public String privateKey() {
      return pem("PRIVATE KEY", key.getEncoded());
    }
  }

  /** Bytes in PEM. */
  public static String pem(String label, byte[] bytes) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, text);
  }

  /**
   * Issues a certificate.
   *
   * @param options of {@code keytool -gencert}
   */
  public Issued issue(String name, String... options) throws IOException, GeneralSecurityException {
    return issueWith(name, List.of("-keyalg", "EC"), options);
  }

  /** Issues a certificate for a key of some kind. */
  public Issued issueWith(String name, List<String> kind, String... options)
      throws IOException, GeneralSecurityException {
    List<String> wish = new ArrayList<>(kind);
    wish.addAll(List.of("-dname", "CN=" + name));
    keytool("-genkeypair", name, wish.toArray(String[]::new));
    Path request = folder.resolve(name + ".csr");
    keytool("-certreq", name, "-file", request.toString());
    Path issued = folder.resolve(name + ".crt");
    List<String> all = new ArrayList<>(List.of(options));
    if (!all.contains("-validity")) {
      all.addAll(VALID);
    }
    all.addAll(List.of("-infile", request.toString(), "-outfile", issued.toString()));
    keytool("-gencert", "ca", all.toArray(String[]::new));
    try (InputStream in = Files.newInputStream(issued)) {
      return new Issued(
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in),
          certificate,
          (PrivateKey) load(name).getKey(name, PASSWORD.toCharArray()));
    }
  }

  /** What a server has that identifies itself by a certificate, and trusts this authority. */
  public SSLContext server(Issued own) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    keys.load(null, null);
    keys.setKeyEntry(
        "own",
        own.key(),
        PASSWORD.toCharArray(),
        new X509Certificate[] {own.certificate(), own.issuer()});
    KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
    managers.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(trustStore())) {
      trusted.load(in, PASSWORD.toCharArray());
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore load(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store(name))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private void keytool(String command, String name, String... options) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                command,
                "-alias",
                name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store(name).toString(),
                "-storepass",
                PASSWORD));
    line.addAll(List.of(options));
    Tools.run(folder, Map.of(), line);
  }
}
