package io.keyturn.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Restrictions;
import io.keyturn.access.Scope;
import io.keyturn.keyring.Keyring.DataKey;
import io.keyturn.keyring.Keyring.LookupKey;
import io.keyturn.network.Networks;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.secret.Hmac;
import io.keyturn.secret.Seal;
import io.keyturn.secret.Secret;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CredentialTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final LookupKey LOOKUP =
      new LookupKey(UUID.randomUUID(), new Hmac(new byte[32]), new Hmac(new byte[] {1}));
  private static final DataKey DATA = new DataKey(UUID.randomUUID(), new Seal(new byte[32]));

  private final Secret secret = Secret.random("kt", "live");

  private static ApiKey key(Scope... scopes) {
    return new ApiKey(
        OrganisationId.random(),
        new NewApiKey("ERP", "live", Set.of(scopes), RefreshPolicy.DEFAULT),
        null,
        "somebody",
        NOW);
  }

  @Test
  void newOneOpensAndIsAcceptedUntilItsKeySaysSo() {
    ApiKey key = key();
    Credential credential = new Credential(key, CredentialCause.CREATED, secret, LOOKUP, DATA, NOW);

    assertThat(credential.open(DATA.seal(), "kt")).contains(secret);
    assertThat(credential.number()).isEqualTo(1);
    assertThat(credential.acceptedUntil()).isEqualTo(key.currentAcceptedUntil());
    assertThat(credential.retiredAt()).isEmpty();
    assertThat(credential.masked()).isEqualTo(secret.masked());
  }

  @ParameterizedTest
  @EnumSource(CredentialCause.class)
  void onlyTheAutomaticRefreshIssuesOneThatNobodyWasShown(CredentialCause cause) {
    Credential credential = new Credential(key(), cause, secret, LOOKUP, DATA, NOW);

    assertThat(credential.automatic()).isEqualTo(cause == CredentialCause.AUTOMATIC);
  }

  @Test
  void retiredOneHasNoSealAnyMoreAndKeepsItsFirstDate() {
    ApiKey key = key();
    Credential credential = new Credential(key, CredentialCause.CREATED, secret, LOOKUP, DATA, NOW);
    credential.retire(key, NOW.plusSeconds(1), NOW.plusSeconds(60), LOOKUP);
    credential.retire(key, NOW.plusSeconds(2), NOW.plusSeconds(2), LOOKUP);

    assertThat(credential.open(DATA.seal(), "kt")).isEmpty();
    assertThat(credential.dataKeyId()).isEmpty();
    assertThat(credential.retiredAt()).contains(NOW.plusSeconds(1));
    assertThat(credential.acceptedUntil()).isEqualTo(NOW.plusSeconds(2));
  }

  @Test
  void isAcceptedThroughItsGracePeriodButNotWhereItWasEndedAtOnceByANodeWhoseClockGoesBefore() {
    Instant ended = NOW.plusSeconds(100);
    Instant aMomentBefore = ended.minusMillis(5);
    Credential kept = new Credential(key(), CredentialCause.CREATED, secret, LOOKUP, DATA, NOW);
    Credential stopped = new Credential(key(), CredentialCause.CREATED, secret, LOOKUP, DATA, NOW);
    assertThat(stopped.accepted(aMomentBefore)).isTrue();

    kept.retire(key(), ended, ended.plusSeconds(60), LOOKUP);
    stopped.retire(key(), ended, ended, LOOKUP);

    assertThat(kept.accepted(ended.plusSeconds(59))).isTrue();
    assertThat(kept.accepted(ended.plusSeconds(60))).isFalse();
    assertThat(stopped.accepted(aMomentBefore)).isFalse();
  }

  @Test
  void strictOneIsNeverSealed() {
    assertThat(
            new Credential(key(), CredentialCause.CREATED, secret, LOOKUP, null, NOW)
                .open(DATA.seal(), "kt"))
        .isEmpty();
  }

  @Test
  void anotherDataKeyDoesNotOpenIt() {
    Credential credential =
        new Credential(key(), CredentialCause.CREATED, secret, LOOKUP, DATA, NOW);

    assertThatExceptionOfType(Seal.BrokenSeal.class)
        .isThrownBy(
            () ->
                credential.open(
                    new Seal(new byte[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), "kt"));
  }

  @Test
  void isGenuineForItsOwnKeyAndScopesOnly() {
    ApiKey key = key(Scope.SUPPLIERS_READ);
    Credential credential = new Credential(key, CredentialCause.CREATED, secret, LOOKUP, DATA, NOW);
    LookupKey other = new LookupKey(LOOKUP.id(), LOOKUP.digest(), new Hmac(new byte[] {2}));

    KeyGrant wider =
        new KeyGrant("suppliers:read api-keys:manage", "", null, null, null, key.expiresAt(), "");
    assertThat(credential.genuine(key.granted(), LOOKUP)).isTrue();
    assertThat(credential.genuine(wider, LOOKUP)).isFalse();
    assertThat(credential.genuine(key.granted(), other)).isFalse();
    credential.retire(key, NOW, NOW, LOOKUP);
    assertThat(credential.genuine(key.granted(), LOOKUP)).isTrue();
  }

  @Test
  void changedRestrictionsAreSignedAnewOnlyForARowThatWasGenuine() {
    ApiKey key = key(Scope.SUPPLIERS_READ);
    Credential credential = new Credential(key, CredentialCause.CREATED, secret, LOOKUP, DATA, NOW);
    KeyGrant before = key.granted();
    key.restrict(
        new Restrictions(Networks.parse("192.0.2.0/24"), 60, 10, 1000, LocationLimit.NONE));

    credential.signAnew(key, key.granted(), LOOKUP);
    assertThat(credential.genuine(key.granted(), LOOKUP)).isFalse();
    credential.signAnew(key, before, LOOKUP);
    assertThat(credential.genuine(key.granted(), LOOKUP)).isTrue();
    assertThat(credential.genuine(before, LOOKUP)).isFalse();
  }
}
