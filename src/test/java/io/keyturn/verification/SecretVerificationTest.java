package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.apikey.KeyGrant;
import io.keyturn.secret.Secret;
import io.keyturn.usage.Client;
import io.keyturn.usage.CredentialNumber;
import io.keyturn.verification.StoredCredentials.Wish;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each outcome of a secret, with what is counted and noted on the way to it. */
class SecretVerificationTest {
  private static final Instant NOW = StoredCredentials.NOW;
  private static final String HOME = "192.0.2.7";

  private final VerifyingBeans beans = new VerifyingBeans();

  private Verification verify(String text, String address, Use use) {
    return beans.secrets.verify(
        new PresentedSecret(text, Optional.empty(), Client.of(address, "curl/8"), address, use));
  }

  private Verification verify(String text) {
    return verify(text, HOME, Use.REQUEST);
  }

  private String secret(UnaryOperator<Wish> wish) {
    return beans.stored.secret(wish);
  }

  private String secret() {
    return secret(wish -> wish);
  }

  private static String wrong() {
    return Secret.random("kt", "live").reveal();
  }

  private CredentialNumber numberOf(String secret) {
    CredentialRecord row = beans.stored.row(secret);
    return new CredentialNumber(row.organisationId(), row.keyId(), 7);
  }

  private static Verification.Accepted accepted(Verification outcome) {
    assertThat(outcome).isInstanceOf(Verification.Accepted.class);
    return (Verification.Accepted) outcome;
  }

  private long leftOf(String secret) {
    return left(accepted(verify(secret)));
  }

  private static long left(Verification.Accepted accepted) {
    return Optional.ofNullable(accepted.quotas()).orElseThrow().left();
  }

  @Test
  void activeSecretIsAcceptedWithItsCallerAndWhatIsLeftOfItsQuotas() {
    String secret = secret(wish -> wish.perMinute(10));

    Verification.Accepted accepted = accepted(verify(secret));

    assertThat(accepted.caller().keyName()).isEqualTo("ERP");
    assertThat(accepted.caller().secretNumber()).isEqualTo(7);
    assertThat(accepted.presented()).isEqualTo(numberOf(secret));
    assertThat(accepted.headers())
        .containsEntry("X-API-Key-Expires-At", "2026-03-02T13:00:00Z")
        .containsEntry("RateLimit-Policy", "\"minute\";q=10;w=60")
        .containsEntry("RateLimit", "\"minute\";r=9;t=6")
        .hasSize(3);
    assertThat(accepted.quotaHeaders()).containsOnlyKeys("RateLimit-Policy", "RateLimit");
    assertThat(beans.usage.noted).containsExactly("accepted 7 of 192.0.2.7");
    assertThat(beans.organisation.accepted).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "kt_renew_0123, RENEWAL_SECRET",
    "password, NO_SECRET",
    "'', NO_SECRET",
    "Token kt_live_0123, TEXT_BEFORE",
    "kt_live_0123, MISTYPED"
  })
  void malformedTextSaysWhyAndAsksNobody(String text, MalformedSecret why) {
    assertThat(verify(text)).isEqualTo(new Verification.Malformed(why));
    assertThat(beans.stored.asked).isZero();
  }

  @Test
  void malformedTextsAreNoFailuresOfTheirSender() {
    for (int i = 0; i < 150; i++) {
      verify("nonsense");
    }

    assertThat(verify(wrong())).isEqualTo(new Verification.Unknown());
  }

  @Test
  void wrongSecretIsUnknownAndNotedForNobody() {
    Verification outcome = verify(wrong());

    assertThat(outcome).isEqualTo(new Verification.Unknown());
    assertThat(outcome.presented()).isNull();
    assertThat(beans.usage.noted).isEmpty();
  }

  @Test
  void secretIsUnknownAtTheHostOfAnotherOrganisation() {
    String secret = secret();
    Client client = Client.of(HOME, null);

    assertThat(
            beans.secrets.verify(
                new PresentedSecret(secret, Optional.of("acme"), client, HOME, Use.REQUEST)))
        .isEqualTo(new Verification.Unknown());
    accepted(
        beans.secrets.verify(
            new PresentedSecret(secret, Optional.of("demo"), client, HOME, Use.REQUEST)));
  }

  @Test
  void secretOfASuspendedOrganisationIsUnknown() {
    assertThat(verify(secret(wish -> wish.suspendedAt(NOW)))).isEqualTo(new Verification.Unknown());
  }

  @Test
  void secretOfARowThatSomebodyElseWroteIsUnknown() {
    assertThat(verify(secret(Wish::forgedRow))).isEqualTo(new Verification.Unknown());
  }

  @Test
  void retiredSecretIsAcceptedInItsGracePeriodAndSaysSince() {
    String secret =
        secret(wish -> wish.retiredAt(NOW.minusSeconds(60)).acceptedUntil(NOW.plusSeconds(60)));

    assertThat(accepted(verify(secret)).headers())
        .containsEntry("X-API-Key-Retired-At", "2026-03-01T11:59:00Z");
  }

  /** In the last quarter of its grace period, whoever uses it may have missed the refresh. */
  @Test
  void useOfARetiredSecretShortlyBeforeItsEndIsNoted() {
    String secret =
        secret(wish -> wish.retiredAt(NOW.minusSeconds(60)).acceptedUntil(NOW.plusSeconds(60)));

    beans.pass(Duration.ofSeconds(30).minusNanos(1));
    accepted(verify(secret));
    assertThat(beans.usage.noted).containsExactly("accepted 7 of 192.0.2.7");
    beans.pass(Duration.ofNanos(1));
    accepted(verify(secret));

    assertThat(beans.usage.noted)
        .containsExactly("accepted 7 of 192.0.2.7", "accepted 7 of 192.0.2.7", "late 7");
  }

  @Test
  void useOfACurrentSecretIsNeverLate() {
    String secret = secret(wish -> wish.acceptedUntil(NOW.plusSeconds(1)));

    accepted(verify(secret));

    assertThat(beans.usage.noted).containsExactly("accepted 7 of 192.0.2.7");
  }

  @Test
  void retiredSecretIsRefreshedAfterItsGracePeriodAlsoWhenItIsInMemory() {
    Instant retired = NOW.minusSeconds(60);
    String secret = secret(wish -> wish.retiredAt(retired).acceptedUntil(NOW.plusSeconds(60)));
    accepted(verify(secret));

    beans.pass(Duration.ofSeconds(60));

    assertThat(verify(secret)).isEqualTo(new Verification.Refreshed(numberOf(secret), retired));
    assertThat(beans.usage.noted)
        .containsExactly("accepted 7 of 192.0.2.7", "refused 7 of 192.0.2.7");
  }

  @Test
  void currentSecretIsAcceptedUntilItsDeadlineAndExpiredFromThenOn() {
    Instant end = NOW.plusSeconds(60);
    String secret = secret(wish -> wish.acceptedUntil(end));

    beans.pass(Duration.ofSeconds(60).minusNanos(1));
    accepted(verify(secret));
    beans.pass(Duration.ofNanos(1));

    assertThat(verify(secret)).isEqualTo(new Verification.Expired(numberOf(secret), end));
  }

  @Test
  void secretOfAKeyAtItsPlannedEndIsRefused() {
    Instant end = NOW.plusSeconds(60);
    String secret = secret(wish -> wish.expiresAt(end));
    accepted(verify(secret));

    beans.pass(Duration.ofSeconds(60));

    assertThat(verify(secret)).isEqualTo(new Verification.KeyExpired(numberOf(secret), end));
  }

  @Test
  void revocationComesBeforeEveryOtherEnd() {
    Instant before = NOW.minusSeconds(60);
    String secret = secret(wish -> wish.expiresAt(before).acceptedUntil(before).revokedAt(before));

    assertThat(verify(secret)).isEqualTo(new Verification.Revoked(numberOf(secret), before));
    assertThat(beans.usage.noted).containsExactly("refused 7 of 192.0.2.7");
  }

  @Test
  void secretsThatHaveEndedAreNoFailuresOfTheirSender() {
    String revoked = secret(wish -> wish.revokedAt(NOW));
    for (int i = 0; i < 150; i++) {
      verify(revoked);
    }

    assertThat(verify(wrong())).isEqualTo(new Verification.Unknown());
  }

  @Test
  void addressOutsideOfTheKeysNetworksIsRefusedAndTakesNothing() {
    String secret = secret(wish -> wish.networks("192.0.2.0/24"));

    Verification outcome = verify(secret, "198.51.100.1", Use.REQUEST);

    assertThat(outcome).isInstanceOf(Verification.NetworkNotAllowed.class);
    assertThat(outcome.presented()).isEqualTo(numberOf(secret));
    assertThat(beans.usage.noted).containsExactly("refused 7 of 198.51.100.1");
    assertThat(beans.organisation.accepted).isZero();
    assertThat(leftOf(secret)).isEqualTo(5_999);
  }

  @Test
  void keyWhoseMinuteIsSpentIsRateLimitedAndNotedNeitherWay() {
    String secret = secret(wish -> wish.perMinute(1));
    accepted(verify(secret));

    Verification outcome = verify(secret);

    assertThat(outcome).isInstanceOf(Verification.KeyRateLimited.class);
    assertThat(((Verification.KeyRateLimited) outcome).spent().waitSeconds()).isBetween(1L, 61L);
    assertThat(outcome.presented()).isEqualTo(numberOf(secret));
    assertThat(beans.usage.noted).containsExactly("accepted 7 of 192.0.2.7");
    assertThat(beans.organisation.accepted).isEqualTo(1);
  }

  @Test
  void keyWhoseDayIsSpentIsRateLimitedUntilTheDayEnds() {
    String secret = secret(wish -> wish.perDay(1));
    accepted(verify(secret));

    Verification outcome = verify(secret);

    assertThat(((Verification.KeyRateLimited) outcome).spent().waitSeconds())
        .isEqualTo(Duration.ofHours(12).toSeconds());
    beans.pass(Duration.ofHours(12));
    accepted(verify(secret));
  }

  @Test
  void organisationThatMakesTooManyRequestsTakesNothingFromTheKey() {
    String secret = secret();
    beans.organisation.wait = 3;

    Verification outcome = verify(secret);

    assertThat(outcome).isInstanceOf(Verification.OrganisationRateLimited.class);
    assertThat(((Verification.OrganisationRateLimited) outcome).waitSeconds()).isEqualTo(3);
    assertThat(outcome.presented()).isEqualTo(numberOf(secret));
    assertThat(beans.usage.noted).isEmpty();
    beans.organisation.wait = 0;
    assertThat(leftOf(secret)).isEqualTo(5_999);
  }

  @Test
  void senderOfTooManyWrongSecretsIsRefusedAndNobodyElse() {
    for (int i = 0; i < 100; i++) {
      assertThat(verify(wrong())).isEqualTo(new Verification.Unknown());
    }

    // On a slow machine some failures flow back meanwhile.
    Verification outcome = verify(wrong());
    for (int i = 0; i < 100 && outcome.equals(new Verification.Unknown()); i++) {
      outcome = verify(wrong());
    }

    assertThat(outcome).isInstanceOf(Verification.TooManyFailures.class);
    assertThat(((Verification.TooManyFailures) outcome).waitSeconds()).isPositive();
    assertThat(verify(wrong(), "192.0.2.8", Use.REQUEST)).isEqualTo(new Verification.Unknown());
  }

  @Test
  void rightSecretPassesAlsoFromAnAddressWhoseFailuresAreSpent() {
    beans.failures.allSpent = true;

    accepted(verify(secret()));
  }

  @Test
  void secretThatCannotBeLookedUpInTheCrowdIsRefused() {
    beans.failures.allSpent = true;

    // The wait for the look-up ends at once.
    Thread.currentThread().interrupt();
    Verification outcome = verify(secret());

    assertThat(Thread.interrupted()).isTrue();
    assertThat(outcome).isInstanceOf(Verification.TooManyFailures.class);
    assertThat(beans.stored.asked).isZero();
  }

  @Test
  void keyThatVerifiesForOthersIsUsedFromItsNetworksAndPaysNoQuota() {
    String secret =
        secret(
            wish ->
                wish.grant(new KeyGrant("keys:verify", "192.0.2.0/24", 1, null, null, null, "")));

    for (int i = 0; i < 3; i++) {
      assertThat(accepted(verify(secret, HOME, Use.VERIFYING)).headers()).isEmpty();
    }
    Verification elsewhere = verify(secret, "198.51.100.1", Use.VERIFYING);

    assertThat(elsewhere).isInstanceOf(Verification.NetworkNotAllowed.class);
    assertThat(((Verification.NetworkNotAllowed) elsewhere).left()).isNull();
    assertThat(beans.usage.noted).hasSize(4).endsWith("refused 7 of 198.51.100.1");
    assertThat(leftOf(secret)).as("the one request of the minute is left").isZero();
  }

  @Test
  void introspectedSecretIsCountedButRefusedByNoNetworkAndNoQuota() {
    String secret =
        secret(
            wish ->
                wish.grant(
                    new KeyGrant("suppliers:read", "192.0.2.0/24", 2, null, null, null, "")));

    for (int i = 0; i < 3; i++) {
      assertThat(accepted(verify(secret, "198.51.100.1", Use.INTROSPECTION)).quotas()).isNull();
    }

    assertThat(verify(secret)).isInstanceOf(Verification.KeyRateLimited.class);
    assertThat(beans.usage.noted).hasSize(3).containsOnly("accepted 7 of 198.51.100.1");
  }

  @Test
  void wrongSecretsBeyondTheBudgetCostNoMoreThan50QueriesASecond() {
    beans.failures.allSpent = true;
    long begin = System.nanoTime();

    for (int i = 0; i < 50; i++) {
      verify(wrong());
    }

    long most = 1 + Duration.ofNanos(System.nanoTime() - begin).toMillis() / 20;
    assertThat((long) beans.stored.asked).isBetween(1L, most);
  }

  @Test
  void wrongSecretsPushNoRightOnesOutOfMemory() {
    List<String> right = Stream.generate(this::secret).limit(100).toList();
    right.forEach(secret -> accepted(verify(secret)));

    for (int i = 0; i < 3 * VerifyingBeans.REMEMBERED; i++) {
      verify(wrong(), HOME, Use.INTROSPECTION);
    }

    int asked = beans.stored.asked;
    right.forEach(secret -> accepted(verify(secret)));
    assertThat(beans.stored.asked).isEqualTo(asked);
  }

  @Test
  void unknownSecretsThatAreAskedAboutAreNoFailuresOfWhoAsks() {
    for (int i = 0; i < 150; i++) {
      assertThat(verify(wrong(), HOME, Use.INTROSPECTION)).isEqualTo(new Verification.Unknown());
    }

    assertThat(verify(wrong())).isEqualTo(new Verification.Unknown());
  }

  @ParameterizedTest
  @EnumSource(Use.class)
  void secretThatHasEndedIsRefusedForEveryUse(Use use) {
    assertThat(verify(secret(wish -> wish.revokedAt(NOW)), HOME, use))
        .isInstanceOf(Verification.Revoked.class);
    assertThat(beans.usage.noted).containsExactly("refused 7 of 192.0.2.7");
  }

  @Test
  void presentedSecretIsPrintedByNobody() {
    String secret = secret();

    assertThat(
            new PresentedSecret(secret, Optional.empty(), Client.of(HOME, null), HOME, Use.REQUEST))
        .asString()
        .doesNotContain(secret);
  }
}
