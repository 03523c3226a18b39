package io.keyturn.verification;

import com.github.benmanes.caffeine.cache.Ticker;
import io.keyturn.access.Caller;
import io.keyturn.keyring.Keyring;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.renewal.ClientCredentials;
import io.keyturn.renewal.RenewalClients;
import io.keyturn.renewal.RenewalUsage;
import io.keyturn.renewal.Renewals.Candidate;
import io.keyturn.usage.ClientCounts.From;
import io.keyturn.usage.CredentialNumber;
import io.keyturn.usage.UsageRecorder;
import io.keyturn.verification.Admission.Quota;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a renewal credential must pass where it stands for its key's secret: known and living, from
 * its own networks and the key's. Believed for as long as a secret is.
 */
@ApplicationScoped
class ClientGate {
  @Inject private Keyring keyring;
  @Inject private Clock clock;
  @Inject private RenewalClients clients;
  @Inject private RenewalUsage renewalUsage;
  @Inject private CredentialLookup credentials;
  @Inject private Admission admission;
  @Inject private UsageRecorder usage;

  private final TimedCache<ByteBuffer, Known> known =
      new TimedCache<>(Verifier.BELIEVED, Ticker.systemTicker());

  /**
   * A client, and what is known of its key.
   *
   * @param noted whether its use is; that is written every few seconds only
   */
  private record Known(
      Candidate client, CredentialRecord credential, Caller caller, AtomicBoolean noted) {}

  /** A client that is known, with the key that it stands for. */
  record Identified(Verification.Accepted accepted, Candidate client, AtomicBoolean noted) {
    CredentialNumber credential() {
      return accepted.credential();
    }
  }

  /**
   * Finds out whose renewal credential it is.
   *
   * @param domain the organisation that it must belong to, if any
   * @param guesser the address that may send only so many wrong ones
   * @return nothing for an unknown client, a wrong secret and a key that has ended
   * @throws ProblemException 429 when too many wrong ones came from the address
   */
  Optional<Identified> identify(ClientCredentials client, Optional<String> domain, String guesser) {
    return known
        .get(client.digest(keyring.lookupKey().digest()), () -> lookUp(client, domain, guesser))
        .filter(k -> domain.map(k.client().organisationDomain()::equals).orElse(true))
        .flatMap(this::living);
  }

  private Optional<Known> lookUp(ClientCredentials sent, Optional<String> domain, String guesser) {
    return clients
        .identify(sent, domain, guesser)
        .flatMap(
            client ->
                credentials
                    .current(client.organisationId(), client.keyId())
                    .filter(c -> c.genuine(keyring.lookupKey().row()))
                    .map(c -> new Known(client, c, c.caller(), new AtomicBoolean())));
  }

  /** Whether its secret has reached its end does not matter: the key's next one is on its way. */
  private Optional<Identified> living(Known known) {
    Verification now = known.credential().at(clock.instant(), known.caller());
    return now instanceof Verification.Accepted
            || now instanceof Verification.Expired
            || now instanceof Verification.Refreshed
        ? Optional.of(
            new Identified(
                new Verification.Accepted(known.caller(), null, known.credential().spent()),
                known.client(),
                known.noted()))
        : Optional.empty();
  }

  /**
   * Counts one request of a client against the quotas of its key.
   *
   * @throws ProblemException 403 for a network that is not allowed; 429 when a quota is spent
   */
  Quota admit(Identified client, From from) {
    return admitted(client, from, () -> admission.admit(client.accepted(), from.address()));
  }

  /**
   * Lets a client verify for others, without a quota.
   *
   * @throws ProblemException 403 for a network that is not allowed
   */
  void admitVerifier(Identified client, From from) {
    admitted(
        client,
        from,
        () -> {
          admission.admitVerifier(client.accepted(), from.address());
          return true;
        });
  }

  private <T> T admitted(Identified client, From from, java.util.function.Supplier<T> admission) {
    try {
      if (!client.client().admits(from.address())) {
        throw new ProblemException(
            ProblemType.NETWORK_NOT_ALLOWED,
            "This renewal credential is not allowed from "
                + from.address()
                + ", which is in none of its networks.");
      }
      T admitted = admission.get();
      if (client.noted().compareAndSet(false, true)) {
        renewalUsage.used(client.client().id(), clock.instant());
      }
      return admitted;
    } catch (ProblemException e) {
      if (e.type() == ProblemType.NETWORK_NOT_ALLOWED) {
        usage.refused(client.credential(), from);
      }
      throw e;
    }
  }
}
