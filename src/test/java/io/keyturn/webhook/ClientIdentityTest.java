package io.keyturn.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.support.TestAuthority;
import io.keyturn.support.TestAuthority.Issued;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken as a client certificate, and what each refusal says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientIdentityTest {
  /** After the certificates were issued. */
  private static final Instant NOW = Instant.now().plus(Duration.ofHours(1));

  @TempDir private static Path folder;
  private TestAuthority authority;
  private Issued client;
  private Issued other;

  @BeforeAll
  void issue() throws Exception {
    authority = new TestAuthority(folder);
    client = authority.issue("client", "-ext", "eku=clientAuth", "-ext", "ku=digitalSignature");
    other = authority.issue("other");
  }

  private static void refused(String chain, String key, Instant now, String message) {
    assertThatThrownBy(() -> ClientIdentity.given(chain, key, now))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.type().status()).isEqualTo(422);
              assertThat(e.detail()).contains(message).doesNotContain("MIG");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void keyOfEachKindIsTakenAndIsThereAgainFromTheDatabase(String kind) throws Exception {
    Issued issued = authority.issueWith("kind-" + kind, List.of("-keyalg", kind));

    ClientIdentity given = ClientIdentity.given(issued.chain(), issued.privateKey(), NOW);
    ClientIdentity stored = ClientIdentity.stored(issued.chain(), given.key().getEncoded());

    assertThat(given.chain()).containsExactly(issued.certificate(), issued.issuer());
    assertThat(stored.key()).isEqualTo(issued.key());
    assertThat(stored.certificate()).isEqualTo(issued.certificate());
    assertThat(given).hasToString("ClientIdentity CN=kind-" + kind);
    assertThat(given.tls()).isNotNull();
  }

  @Test
  void textAroundTheBlocksCountsForNothing() throws Exception {
    String chain = "subject=CN = client\r\n" + client.chain().replace("\n", "\r\n") + "\nend";

    assertThat(ClientIdentity.given(chain, client.privateKey(), NOW).certificate())
        .isEqualTo(client.certificate());
  }

  @Test
  void certificateMustBeValidNow() throws Exception {
    Instant end = client.certificate().getNotAfter().toInstant();

    refused(client.chain(), client.privateKey(), end.plusSeconds(1), "has expired: the");
    refused(
        client.chain(),
        client.privateKey(),
        NOW.minus(Duration.ofDays(1)),
        "is not valid yet: the certificate is valid from ");
    assertThat(ClientIdentity.given(client.chain(), client.privateKey(), end).expired(end))
        .isFalse();
  }

  @Test
  void certificateMustBeForClients() throws Exception {
    Issued server = authority.issue("server", "-ext", "eku=serverAuth");
    Issued sealer = authority.issue("sealer", "-ext", "ku=keyEncipherment");
    Issued weak = authority.issueWith("weak", List.of("-keyalg", "RSA", "-keysize", "1024"));

    refused(server.chain(), server.privateKey(), NOW, "is not for clients of TLS");
    refused(sealer.chain(), sealer.privateKey(), NOW, "is not for digital signatures");
    refused(weak.chain(), weak.privateKey(), NOW, "fewer than 2048 bits");
  }

  @Test
  void keyMustBeThatOfTheCertificate() throws Exception {
    Issued rsa = authority.issueWith("rsa", List.of("-keyalg", "RSA"));

    for (Issued wrong : List.of(other, rsa)) {
      refused(client.chain(), wrong.privateKey(), NOW, "is not the private key of the certificate");
    }
  }

  @Test
  void faultsOfChainAndKeyAreToldAtOnce() throws Exception {
    Instant expired = client.certificate().getNotAfter().toInstant().plusSeconds(1);
    String rsa = authority.issueWith("another", List.of("-keyalg", "RSA")).privateKey();
    String noBase64 = "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----";

    bothRefused("", "no key", NOW);
    bothRefused("", noBase64, NOW);
    for (String wrong : List.of("no key", noBase64, other.privateKey(), rsa)) {
      bothRefused(client.chain(), wrong, expired);
    }
  }

  private static void bothRefused(String chain, String key, Instant now) {
    assertThatThrownBy(() -> ClientIdentity.given(chain, key, now))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.errors())
                    .extracting(FieldError::field)
                    .containsExactlyInAnyOrder("certificate_chain", "private_key"));
  }

  @Test
  void chainMustBeInOrderAndHoldNothingElse() throws Exception {
    String own = TestAuthority.pem("CERTIFICATE", client.certificate().getEncoded());
    String issuer = TestAuthority.pem("CERTIFICATE", client.issuer().getEncoded());
    String stranger = TestAuthority.pem("CERTIFICATE", other.certificate().getEncoded());

    refused(own + stranger, client.privateKey(), NOW, "certificate 2 has not issued number 1");
    refused(issuer + own, client.privateKey(), NOW, "is not");
    refused(own + client.privateKey(), client.privateKey(), NOW, "belongs into private_key");
    refused(own + TestAuthority.pem("X509 CRL", new byte[9]), client.privateKey(), NOW, "X509 CRL");
    refused(own.repeat(11), client.privateKey(), NOW, "at most 10 blocks");
    refused(" ".repeat(20_001), client.privateKey(), NOW, "at most 20000 characters");
  }

  @Test
  void formOfTheKeyMustBePkcs8WithoutPassword() throws Exception {
    String chain = client.chain();
    byte[] key = client.key().getEncoded();

    refused(chain, TestAuthority.pem("ENCRYPTED PRIVATE KEY", key), NOW, "has a password");
    refused(
        chain,
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n-----END RSA PRIVATE KEY-----",
        NOW,
        "must be");
    refused(chain, TestAuthority.pem("EC PRIVATE KEY", key), NOW, "must be PKCS#8");
    refused(chain, client.privateKey().repeat(2), NOW, "one private key alone");
    refused(chain, "MIGHAgEAMBMGByqGSM49", NOW, "must be PEM");
    refused(
        chain,
        "-----BEGIN PRIVATE KEY-----\n!!!\n-----END PRIVATE KEY-----",
        NOW,
        "that is not base64");
    refused(
        chain,
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        NOW,
        "is not the private key");
    refused("no certificate", client.privateKey(), NOW, "must be PEM");
    refused(
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        client.privateKey(),
        NOW,
        "no certificate: number 1");
  }
}
