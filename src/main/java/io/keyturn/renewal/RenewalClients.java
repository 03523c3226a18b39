package io.keyturn.renewal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.keyturn.access.ApiKeyId;
import io.keyturn.config.Settings;
import io.keyturn.http.Ids;
import io.keyturn.keyring.Keyring;
import io.keyturn.limit.SenderBudget;
import io.keyturn.limit.Turnstile;
import io.keyturn.problem.ProblemException;
import io.keyturn.renewal.Renewals.Candidate;
import io.keyturn.secret.Secret;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Identifies the holder of a renewal credential. An address may send 30 wrong credentials at once,
 * refilled at 30 a minute. When that budget is spent, credentials that were right in the last two
 * days are still looked up as before, and all others through a {@link Turnstile}: a client that
 * works may share its address with a client that is set up wrongly. Malformed credentials are not
 * looked up and do not count as wrong.
 */
@ApplicationScoped
public class RenewalClients {
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private Renewals renewals;

  private final SenderBudget failures = new SenderBudget(30, 30);

  private final Cache<ByteBuffer, Boolean> right =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofDays(2)).build();

  private Turnstile<ApiKeyId, Candidate> crowded;

  @PostConstruct
  void open() {
    crowded = new Turnstile<>(renewals::candidates);
  }

  /**
   * Identifies a client, whatever network it sends from.
   *
   * @param domain the organisation that the client must belong to, if any
   * @param address the address of the client, whose wrong credentials are limited
   * @return nothing for an unknown client and for a wrong secret
   * @throws ProblemException 429 when the address has sent too many wrong credentials
   */
  public Optional<Candidate> identify(
      ClientCredentials client, Optional<String> domain, String address) {
    Optional<Secret> secret = Secret.parseRenewal(settings.secretPrefix(), client.secret());
    Optional<ApiKeyId> id = id(client);
    if (secret.isEmpty() || id.isEmpty()) {
      return Optional.empty();
    }
    ByteBuffer digest = client.digest(keyring.lookupKey().digest());
    boolean spent = failures.spent(address) && right.getIfPresent(digest) == null;
    Optional<Candidate> known =
        (spent ? lookUpCrowded(id.get(), address) : renewals.candidate(id.get()))
            .filter(c -> domain.map(c.organisationDomain()::equals).orElse(true))
            .filter(c -> renewals.fits(c, secret.get()));
    if (known.isPresent()) {
      right.put(digest, true);
      return known;
    }
    right.invalidate(digest);
    if (spent) {
      throw refusal(address);
    }
    failures.failed(address);
    return Optional.empty();
  }

  private Optional<Candidate> lookUpCrowded(ApiKeyId id, String address) {
    try {
      return crowded.find(address, id);
    } catch (Turnstile.Crowded e) {
      throw refusal(address);
    }
  }

  /**
   * Counts right credentials from a network that is not allowed as a failure, because each such
   * request is audited.
   *
   * @throws ProblemException 429 when the address has sent too many wrong credentials
   */
  void failed(String address) {
    if (failures.spent(address)) {
      throw refusal(address);
    }
    failures.failed(address);
  }

  private ProblemException refusal(String address) {
    return failures.refusal(address, "Too many wrong credentials came from this address.");
  }

  private static Optional<ApiKeyId> id(ClientCredentials client) {
    try {
      return Optional.of(new ApiKeyId(Ids.parse(client.id())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
