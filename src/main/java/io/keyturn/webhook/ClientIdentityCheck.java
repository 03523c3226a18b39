package io.keyturn.webhook;

import io.keyturn.problem.ProblemException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Finds out before the first delivery what would make every delivery fail. */
final class ClientIdentityCheck {
  private static final int SHORTEST_RSA = 2048;
  private static final int DIGITAL_SIGNATURE = 0;

  /** Clients, and any purpose (RFC 5280 §4.2.1.12). */
  private static final List<String> FOR_CLIENTS = List.of("1.3.6.1.5.5.7.3.2", "2.5.29.37.0");

  private ClientIdentityCheck() {}

  /**
   * Checks the certificate and its chain.
   *
   * @throws ProblemException 422
   */
  static void checkChain(List<X509Certificate> chain, Instant now) {
    X509Certificate certificate = chain.get(0);
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (ClientIdentity.expired(certificate, now)) {
      throw chain("has expired: the certificate was valid until " + until);
    }
    if (now.isBefore(from)) {
      throw chain("is not valid yet: the certificate is valid from " + from);
    }
    if (!forClients(certificate)) {
      throw chain("has a certificate that is not for clients of TLS (extended key usage)");
    }
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[DIGITAL_SIGNATURE]) {
      throw chain("has a certificate that is not for digital signatures (key usage)");
    }
    if (certificate.getPublicKey() instanceof RSAKey rsa
        && rsa.getModulus().bitLength() < SHORTEST_RSA) {
      throw chain("has an RSA key of fewer than " + SHORTEST_RSA + " bits");
    }
    for (int i = 1; i < chain.size(); i++) {
      if (!issued(chain.get(i - 1), chain.get(i))) {
        throw chain("is not in order: certificate " + (i + 1) + " has not issued number " + i);
      }
    }
  }

  private static ProblemException chain(String message) {
    return ProblemException.invalid("certificate_chain", message);
  }

  private static boolean forClients(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes == null || !Collections.disjoint(purposes, FOR_CLIENTS);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean issued(X509Certificate certificate, X509Certificate issuer) {
    try {
      certificate.verify(issuer.getPublicKey());
      return certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /**
   * The private key in a block.
   *
   * @throws ProblemException 422 unless the certificate's key verifies what it signs
   */
  static PrivateKey keyOf(X509Certificate certificate, Pem block) {
    PrivateKey key = block.keyOf(certificate.getPublicKey());
    if (!fits(certificate.getPublicKey(), key)) {
      throw block.notOfTheCertificate();
    }
    return key;
  }

  private static boolean fits(PublicKey publicKey, PrivateKey key) {
    byte[] some = new byte[32];
    new SecureRandom().nextBytes(some);
    try {
      Signature signature = Signature.getInstance(algorithm(publicKey));
      signature.initSign(key);
      signature.update(some);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(some);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      case "EdDSA" -> "EdDSA";
      default -> throw chain("has a key that is none of RSA, EC and Ed25519");
    };
  }
}
