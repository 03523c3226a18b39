package io.keyturn.webhook;

import io.keyturn.problem.FieldErrors;
import io.keyturn.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * A client certificate with its private key, by which Keyturn identifies itself to a receiver
 * (mutual TLS, RFC 8446 §4.4.2).
 */
final class ClientIdentity {
  private static final char[] NO_PASSWORD = new char[0];

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = List.copyOf(chain);
    this.key = key;
  }

  /**
   * What somebody gives.
   *
   * @param chain PEM: the certificate, then the certificates of its issuers
   * @param key PEM: PKCS#8 without a password
   * @throws ProblemException 422 for what does not fit, or no receiver would take
   */
  static ClientIdentity given(String chain, String key, Instant now) {
    FieldErrors errors = new FieldErrors();
    List<X509Certificate> certificates = errors.or(List.of(), () -> read(chain));
    Pem block = errors.orNull(() -> Pem.privateKey(key));
    if (certificates.isEmpty()) {
      errors.refuse();
    }
    errors.check(() -> ClientIdentityCheck.checkChain(certificates, now));
    PrivateKey privateKey =
        block == null
            ? null
            : errors.orNull(() -> ClientIdentityCheck.keyOf(certificates.get(0), block));
    errors.refuse();
    return new ClientIdentity(certificates, Objects.requireNonNull(privateKey));
  }

  private static List<X509Certificate> read(String chain) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem block : Pem.all("certificate_chain", chain)) {
      certificates.add(block.certificate(certificates.size() + 1));
    }
    return certificates;
  }

  /** What the database holds. */
  static ClientIdentity stored(String chain, byte[] key) {
    try {
      List<X509Certificate> certificates = certificates(chain);
      String algorithm = certificates.get(0).getPublicKey().getAlgorithm();
      return new ClientIdentity(
          certificates,
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificates in a stored text. */
  static List<X509Certificate> certificates(String chain) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)))
        .stream()
        .map(X509Certificate.class::cast)
        .toList();
  }

  /** The certificate, then the certificates of its issuers. */
  List<X509Certificate> chain() {
    return chain;
  }

  X509Certificate certificate() {
    return chain.get(0);
  }

  PrivateKey key() {
    return key;
  }

  /** Whether no receiver takes it any more. */
  boolean expired(Instant now) {
    return expired(certificate(), now);
  }

  static boolean expired(X509Certificate certificate, Instant now) {
    return now.isAfter(certificate.getNotAfter().toInstant());
  }

  /** What makes connections by it. Receivers are checked as without it. */
  SSLContext tls() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("client", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      return SSLContexts.custom().loadKeyMaterial(store, NO_PASSWORD).build();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "ClientIdentity " + certificate().getSubjectX500Principal();
  }
}
