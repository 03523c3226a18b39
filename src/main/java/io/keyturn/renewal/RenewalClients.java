package io.keyturn.renewal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.access.ApiKeyId;
import io.keyturn.config.Settings;
import io.keyturn.http.Ids;
import io.keyturn.keyring.Keyring;
import io.keyturn.limit.BatchedLookup;
import io.keyturn.limit.SenderBudget;
import io.keyturn.renewal.Renewals.Candidate;
import io.keyturn.secret.Secret;
import io.keyturn.secret.SecretDigest;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Identifies the holder of a renewal credential. An address may send 30 wrong credentials at once,
 * refilled at 30 a minute. When that budget is spent, credentials that were right in the last two
 * days are still looked up as before, and all others through a {@link BatchedLookup}: a client that
 * works may share its address with a client that is set up wrongly. Malformed credentials are not
 * looked up and do not count as wrong.
 */
@ApplicationScoped
public class RenewalClients {
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private Renewals renewals;

  private final SenderBudget failures = new SenderBudget(30, 30);

  private final Cache<SecretDigest, Boolean> right =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofDays(2)).build();

  private BatchedLookup<ApiKeyId, Candidate> crowded;

  @PostConstruct
  void open() {
    crowded = new BatchedLookup<>(renewals::candidates);
  }

  /**
   * Identifies a client, whatever network it sends from.
   *
   * @param domain the organisation that the client must belong to, if any
   * @param address the address of the client, whose wrong credentials are limited
   */
  public Identification identify(
      ClientCredentials client, Optional<String> domain, String address) {
    Optional<Secret> secret = Secret.parseRenewal(settings.secretPrefix(), client.secret());
    Optional<ApiKeyId> id = id(client);
    if (secret.isEmpty() || id.isEmpty()) {
      return new Identification.Unknown();
    }
    SecretDigest digest = client.digest(keyring.lookupKey().digest());
    boolean spent = failures.spent(address) && right.getIfPresent(digest) == null;
    Optional<Candidate> found;
    try {
      found = spent ? crowded.find(address, id.get()) : renewals.candidate(id.get());
    } catch (BatchedLookup.TooManyWaiting e) {
      return tooMany(address);
    }
    Optional<Candidate> known =
        found
            .filter(c -> domain.map(c.organisationDomain()::equals).orElse(true))
            .filter(c -> renewals.fits(c, secret.get()));
    if (known.isPresent()) {
      right.put(digest, true);
      return new Identification.Identified(known.get());
    }
    right.invalidate(digest);
    if (spent) {
      return tooMany(address);
    }
    failures.failed(address);
    return new Identification.Unknown();
  }

  /**
   * Identifies a client that renews. Right credentials from a network that is not allowed count as
   * a failure, because each such request is audited.
   */
  Identification identifyToRenew(
      ClientCredentials client, Optional<String> domain, String address) {
    Identification outcome = identify(client, domain, address);
    if (outcome instanceof Identification.Identified known && !known.client().admits(address)) {
      if (failures.spent(address)) {
        return tooMany(address);
      }
      failures.failed(address);
    }
    return outcome;
  }

  private Identification tooMany(String address) {
    return new Identification.TooManyFailures(failures.retryAfterSeconds(address));
  }

  private static Optional<ApiKeyId> id(ClientCredentials client) {
    try {
      return Optional.of(new ApiKeyId(Ids.parse(client.id())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
