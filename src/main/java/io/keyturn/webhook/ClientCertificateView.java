package io.keyturn.webhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A client certificate as the API answers it; never with its private key. */
@Schema(
    name = "ClientCertificate",
    description = "The certificate by which Keyturn identifies itself to the receiver.")
public record ClientCertificateView(
    @Schema(examples = "CN=keyturn,O=Example", description = "RFC 2253.") String subject,
    @Schema(examples = "CN=Partners CA,O=Example") String issuer,
    @Schema(name = "not_after", description = "Afterwards no delivery is sent.") Instant notAfter,
    @Schema(
            examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            description = "The fingerprint: SHA-256 of the certificate.")
        String sha256) {

  static ClientCertificateView of(X509Certificate certificate) {
    try {
      return new ClientCertificateView(
          certificate.getSubjectX500Principal().getName(),
          certificate.getIssuerX500Principal().getName(),
          certificate.getNotAfter().toInstant(),
          HexFormat.of()
              .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
