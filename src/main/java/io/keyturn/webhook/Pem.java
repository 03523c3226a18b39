package io.keyturn.webhook;

import io.keyturn.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a text in PEM (RFC 7468).
 *
 * @param field from which it was read, for messages
 * @param label what it says that it is
 */
record Pem(String field, String label, String base64) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END \\1-----");
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "private_key";
  private static final int LONGEST = 20_000;
  private static final int MOST = 10;

  /**
   * All blocks of a text, at least one. What stands between them counts for nothing.
   *
   * @throws ProblemException 422 for an empty text, a text without blocks, or with more than ten
   */
  static List<Pem> all(String field, String text) {
    if (text.length() > LONGEST) {
      throw ProblemException.invalid(field, "must have at most " + LONGEST + " characters");
    }
    if (text.isBlank()) {
      throw ProblemException.invalid(field, "must be given");
    }
    Matcher matcher = BLOCK.matcher(text);
    List<Pem> blocks =
        matcher.results().map(found -> new Pem(field, found.group(1), found.group(2))).toList();
    if (blocks.isEmpty()) {
      throw ProblemException.invalid(field, "must be PEM, which begins with -----BEGIN");
    }
    if (blocks.size() > MOST) {
      throw ProblemException.invalid(field, "must have at most " + MOST + " blocks");
    }
    return blocks;
  }

  /**
   * The certificate in this block.
   *
   * @param number of the block, for the message
   * @throws ProblemException 422
   */
  X509Certificate certificate(int number) {
    if (label.endsWith("PRIVATE KEY")) {
      throw invalid("has a private key, which belongs into " + PRIVATE_KEY);
    }
    if (!label.equals(CERTIFICATE)) {
      throw invalid("must have certificates alone, but has a " + label);
    }
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes()));
    } catch (CertificateException e) {
      throw invalid("has a block that is no certificate: number " + number);
    }
  }

  /**
   * The block of the private key in a text.
   *
   * @throws ProblemException 422 for another form, a password, and what is not base64
   */
  static Pem privateKey(String text) {
    List<Pem> blocks = all(PRIVATE_KEY, text);
    Pem block = blocks.get(0);
    if (blocks.size() > 1) {
      throw block.invalid("must be one private key alone");
    }
    if (block.label.equals("ENCRYPTED PRIVATE KEY") || block.base64.contains("ENCRYPTED")) {
      throw block.invalid("has a password; give the key without it: openssl pkcs8 -in key.pem");
    }
    if (!block.label.equals("PRIVATE KEY")) {
      throw block.invalid(
          "must be PKCS#8, which begins with -----BEGIN PRIVATE KEY-----:"
              + " openssl pkcs8 -topk8 -nocrypt -in key.pem");
    }
    block.bytes();
    return block;
  }

  /**
   * The private key in this block.
   *
   * @param publicKey of the certificate
   * @throws ProblemException 422 for a key of another kind
   */
  PrivateKey keyOf(PublicKey publicKey) {
    try {
      return KeyFactory.getInstance(publicKey.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(bytes()));
    } catch (GeneralSecurityException e) {
      throw notOfTheCertificate();
    }
  }

  /** The problem of a private key that belongs to another certificate. */
  ProblemException notOfTheCertificate() {
    return invalid("is not the private key of the certificate");
  }

  private byte[] bytes() {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw invalid("has a block that is not base64");
    }
  }

  private ProblemException invalid(String message) {
    return ProblemException.invalid(field, message);
  }

  /** Never the contents, which may be a private key. */
  @Override
  public String toString() {
    return "Pem";
  }
}
