package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.access.Scope;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.keyring.Keyring.LookupKey;
import io.keyturn.secret.Hmac;
import io.keyturn.secret.Seal;
import io.keyturn.secret.Secret;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CredentialTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final LookupKey LOOKUP =
      new LookupKey(UUID.randomUUID(), new Hmac(new byte[32]), new Hmac(new byte[] {1}));
  private static final DataKey DATA = new DataKey(UUID.randomUUID(), new Seal(new byte[32]));

  private final Secret secret = Secret.random("kt", "live");

  private static ApiKey key(Scope... scopes) {
    return new ApiKey(
        UUID.randomUUID(),
        new NewApiKey("ERP", "live", Set.of(scopes), RefreshPolicy.DEFAULT),
        null,
        "somebody",
        NOW);
  }

  @Test
  void newOneOpensAndIsAcceptedUntilItsKeySaysSo() {
    ApiKey key = key();
    Credential credential = new Credential(key, secret, LOOKUP, DATA, NOW);

    assertThat(credential.open(DATA.seal(), "kt")).contains(secret);
    assertThat(credential.number()).isEqualTo(1);
    assertThat(credential.acceptedUntil()).isEqualTo(key.currentAcceptedUntil());
    assertThat(credential.retiredAt()).isEmpty();
    assertThat(credential.masked()).isEqualTo(secret.masked());
  }

  @Test
  void retiredOneHasNoSealAnyMoreAndKeepsItsFirstDate() {
    ApiKey key = key();
    Credential credential = new Credential(key, secret, LOOKUP, DATA, NOW);
    credential.retire(key, NOW.plusSeconds(1), NOW.plusSeconds(60), LOOKUP);
    credential.retire(key, NOW.plusSeconds(2), NOW.plusSeconds(2), LOOKUP);

    assertThat(credential.open(DATA.seal(), "kt")).isEmpty();
    assertThat(credential.dataKeyId()).isEmpty();
    assertThat(credential.retiredAt()).contains(NOW.plusSeconds(1));
    assertThat(credential.acceptedUntil()).isEqualTo(NOW.plusSeconds(2));
  }

  @Test
  void strictOneIsNeverSealed() {
    assertThat(new Credential(key(), secret, LOOKUP, null, NOW).open(DATA.seal(), "kt")).isEmpty();
  }

  @Test
  void anotherDataKeyDoesNotOpenIt() {
    Credential credential = new Credential(key(), secret, LOOKUP, DATA, NOW);

    assertThatExceptionOfType(Seal.BrokenSeal.class)
        .isThrownBy(
            () ->
                credential.open(
                    new Seal(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), "kt"));
  }

  @Test
  void isGenuineForItsOwnKeyAndScopesOnly() {
    ApiKey key = key(Scope.SUPPLIERS_READ);
    Credential credential = new Credential(key, secret, LOOKUP, DATA, NOW);
    LookupKey other = new LookupKey(LOOKUP.id(), LOOKUP.digest(), new Hmac(new byte[] {2}));

    assertThat(credential.genuine("suppliers:read", LOOKUP)).isTrue();
    assertThat(credential.genuine("suppliers:read api-keys:manage", LOOKUP)).isFalse();
    assertThat(credential.genuine("suppliers:read", other)).isFalse();
    credential.retire(key, NOW, NOW, LOOKUP);
    assertThat(credential.genuine("suppliers:read", LOOKUP)).isTrue();
  }

  @Test
  void macDependsOnEveryFact() {
    UUID a = UUID.randomUUID();
    UUID b = UUID.randomUUID();
    Hmac hmac = new Hmac(new byte[32]);
    byte[] digest = {1};
    Set<String> macs = new HashSet<>();
    macs.add(hex(Credential.mac(hmac, a, b, 1, false, "x", digest, NOW)));
    macs.add(hex(Credential.mac(hmac, b, b, 1, false, "x", digest, NOW)));
    macs.add(hex(Credential.mac(hmac, a, a, 1, false, "x", digest, NOW)));
    macs.add(hex(Credential.mac(hmac, a, b, 2, false, "x", digest, NOW)));
    macs.add(hex(Credential.mac(hmac, a, b, 1, true, "x", digest, NOW)));
    macs.add(hex(Credential.mac(hmac, a, b, 1, false, "x y", digest, NOW)));
    macs.add(hex(Credential.mac(hmac, a, b, 1, false, "x", new byte[] {2}, NOW)));
    macs.add(hex(Credential.mac(hmac, a, b, 1, false, "x", digest, NOW.plusNanos(1000))));

    assertThat(macs).hasSize(8);
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}
