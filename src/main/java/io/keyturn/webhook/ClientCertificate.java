package io.keyturn.webhook;

import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.secret.Seal;
import jakarta.persistence.Embeddable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.UUID;

/** A client certificate as its webhook holds it: the private key is sealed. */
@Embeddable
class ClientCertificate {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  private String clientChain;
  private byte[] clientKey;
  private UUID clientDataKeyId;

  protected ClientCertificate() {}

  /**
   * Seals the private key.
   *
   * @param place to which it is bound
   */
  ClientCertificate(ClientIdentity identity, DataKey dataKey, byte[] place) {
    StringBuilder pem = new StringBuilder();
    try {
      for (X509Certificate certificate : identity.chain()) {
        pem.append("-----BEGIN CERTIFICATE-----\n")
            .append(LINES.encodeToString(certificate.getEncoded()))
            .append("\n-----END CERTIFICATE-----\n");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    this.clientChain = pem.toString();
    this.clientDataKeyId = dataKey.id();
    this.clientKey = dataKey.seal().close(identity.key().getEncoded(), place);
  }

  UUID dataKeyId() {
    return clientDataKeyId;
  }

  /** The certificate, without those of its issuers. */
  X509Certificate certificate() {
    try {
      return ClientIdentity.certificates(clientChain).get(0);
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }

  ClientIdentity identity(Seal seal, byte[] place) {
    return ClientIdentity.stored(clientChain, seal.open(clientKey, place));
  }
}
