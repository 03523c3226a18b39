package io.keyturn.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.renewal.Candidates;
import io.keyturn.renewal.ClientCredentials;
import io.keyturn.renewal.Identification;
import io.keyturn.renewal.RenewalClients;
import io.keyturn.renewal.RenewalUsage;
import io.keyturn.renewal.Renewals.Candidate;
import io.keyturn.support.Fields;
import io.keyturn.usage.Client;
import io.keyturn.verification.StoredCredentials.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each outcome of a renewal credential that stands for its key's secret. */
class RenewalCredentialVerificationTest {
  private static final Instant PAST = StoredCredentials.NOW.minusSeconds(60);

  private final VerifyingBeans beans = new VerifyingBeans();
  private final RenewalCredentialVerification renewals = new RenewalCredentialVerification();
  private final List<UUID> used = new ArrayList<>();
  private Identification identification = new Identification.Unknown();
  private int asked;

  RenewalCredentialVerificationTest() {
    Fields.set(renewals, "keyring", beans.keyring);
    Fields.set(renewals, "clock", beans.clock);
    Fields.set(
        renewals,
        "clients",
        new RenewalClients() {
          @Override
          public Identification identify(
              ClientCredentials client, Optional<String> domain, String address) {
            asked++;
            return identification;
          }
        });
    Fields.set(
        renewals,
        "renewalUsage",
        new RenewalUsage() {
          @Override
          public void used(UUID id, Instant at) {
            used.add(id);
          }
        });
    Fields.set(renewals, "rows", beans.stored);
    Fields.set(renewals, "restrictions", beans.restrictions);
    Fields.set(renewals, "usage", beans.usage);
    Fields.set(renewals, "settings", VerifyingBeans.settings());
    Fields.set(renewals, "changes", beans.changes);
    renewals.open();
  }

  /** A renewal credential of a new key. */
  private Candidate candidate(String networks, UnaryOperator<Wish> wish) {
    CredentialRecord row = beans.stored.row(beans.stored.secret(wish));
    Candidate created = Candidates.of(row.organisationId(), row.keyId(), networks);
    identification = new Identification.Identified(created);
    return created;
  }

  private Verification verify(Optional<String> organisation, String address, Use use) {
    return renewals.verify(
        new PresentedRenewalCredential(
            new ClientCredentials("id", "secret"),
            organisation,
            Client.of(address, "proxy"),
            address,
            use));
  }

  private Verification verify(Use use) {
    return verify(Optional.empty(), "192.0.2.7", use);
  }

  @Test
  void renewalCredentialIsAcceptedAsItsKeyAndItsUseIsNoted() {
    Candidate known = candidate("", wish -> wish);

    Verification first = verify(Use.REQUEST);
    Verification second = verify(Use.VERIFYING);

    assertThat(first).isInstanceOf(Verification.Accepted.class);
    assertThat(((Verification.Accepted) first).caller().keyId()).isEqualTo(known.keyId());
    assertThat(((Verification.Accepted) first).quotaHeaders()).containsKey("RateLimit");
    assertThat(((Verification.Accepted) second).quotaHeaders()).isEmpty();
    assertThat(used).containsExactly(known.id(), known.id());
    assertThat(asked).as("look-ups").isEqualTo(1);
    assertThat(beans.usage.noted).as("no secret was used").isEmpty();
  }

  @Test
  void unknownRenewalCredentialIsNoClient() {
    assertThat(verify(Use.VERIFYING)).isEqualTo(new Verification.UnknownClient(Use.VERIFYING));
  }

  @Test
  void senderOfTooManyWrongCredentialsIsToldForHowLongAndEachTimeAnew() {
    identification = new Identification.TooManyFailures(7);

    for (int i = 1; i <= 2; i++) {
      assertThat(verify(Use.REQUEST)).isEqualTo(new Verification.TooManyClientFailures(7));
      assertThat(asked).isEqualTo(i);
    }
  }

  @Test
  void renewalCredentialInMemoryIsNoClientAtTheHostOfAnotherOrganisation() {
    candidate("", wish -> wish);
    assertThat(verify(Use.REQUEST)).isInstanceOf(Verification.Accepted.class);

    assertThat(verify(Optional.of("acme"), "192.0.2.7", Use.REQUEST))
        .isEqualTo(new Verification.UnknownClient(Use.REQUEST));
  }

  @Test
  void renewalCredentialIsLookedUpAnewAfterAChangeOfItsKeyOrOrganisation() {
    Candidate client = candidate("", wish -> wish);
    verify(Use.REQUEST);
    identification = new Identification.Unknown();

    beans.changes.changed(List.of(UUID.randomUUID()));
    assertThat(verify(Use.REQUEST)).isInstanceOf(Verification.Accepted.class);
    beans.changes.changed(List.of(client.keyId().value()));
    assertThat(verify(Use.REQUEST)).isEqualTo(new Verification.UnknownClient(Use.REQUEST));

    identification = new Identification.Identified(client);
    verify(Use.REQUEST);
    identification = new Identification.Unknown();
    beans.changes.changed(List.of(client.organisationId().value()));
    assertThat(verify(Use.REQUEST)).isEqualTo(new Verification.UnknownClient(Use.REQUEST));
  }

  @Test
  void renewalCredentialOutlivesTheSecretOfItsKeyButNotItsKey() {
    candidate("", wish -> wish.acceptedUntil(PAST));
    assertThat(verify(Use.REQUEST)).isInstanceOf(Verification.Accepted.class);
  }

  @Test
  void renewalCredentialOfAKeyThatHasEndedIsNoClient() {
    candidate("", wish -> wish.revokedAt(PAST));
    assertThat(verify(Use.REQUEST)).isEqualTo(new Verification.UnknownClient(Use.REQUEST));
  }

  @Test
  void renewalCredentialOfAForgedKeyIsNoClient() {
    candidate("", Wish::forgedRow);
    assertThat(verify(Use.REQUEST)).isEqualTo(new Verification.UnknownClient(Use.REQUEST));
  }

  @Test
  void addressOutsideOfItsOwnNetworksIsRefusedAndNoted() {
    candidate("198.51.100.0/24", wish -> wish);

    assertThat(verify(Use.REQUEST)).isInstanceOf(Verification.ClientNetworkNotAllowed.class);
    assertThat(beans.usage.noted).containsExactly("refused 7 of 192.0.2.7");
    assertThat(used).isEmpty();
  }

  @Test
  void addressOutsideOfItsKeysNetworksIsRefusedAndNoted() {
    candidate("", wish -> wish.networks("198.51.100.0/24"));

    assertThat(verify(Use.REQUEST)).isInstanceOf(Verification.NetworkNotAllowed.class);
    assertThat(beans.usage.noted).containsExactly("refused 7 of 192.0.2.7");
    assertThat(used).isEmpty();
  }

  @Test
  void renewalCredentialIsRateLimitedWithItsKey() {
    candidate("", wish -> wish.perMinute(1));
    assertThat(verify(Use.REQUEST)).isInstanceOf(Verification.Accepted.class);

    assertThat(verify(Use.REQUEST)).isInstanceOf(Verification.KeyRateLimited.class);
    assertThat(beans.usage.noted).isEmpty();
  }
}
