package io.keyturn.renewal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.UUID;

/**
 * Finds out which client holds a renewal credential. An address may send 30 wrong ones at once,
 * refilled at 30 a minute. When they are spent, what was right of late is looked up as before, and
 * all else through a {@link Turnstile}: a client that works shares its address with one that is set
 * up wrongly. What is malformed is looked up nowhere, and counts for nothing.
 */
@ApplicationScoped
public class RenewalClients {
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private Renewals renewals;

  private final SenderBudget failures = new SenderBudget(30, 30);

  private final Cache<ByteBuffer, Boolean> right =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterAccess(Duration.ofDays(2)).build();

  private Turnstile<UUID, Candidate> crowded;

  @PostConstruct
  void open() {
    crowded = new Turnstile<>(renewals::candidates);
  }

  /**
   * Says who it is, wherever the request comes from.
   *
   * @param domain the organisation that it must belong to, if any
   * @param address that may send only so many wrong ones
   * @return nothing for an unknown client and for a wrong secret
   * @throws ProblemException 429 when too many wrong ones came from the address
   */
  public Optional<Candidate> identify(
      ClientCredentials client, Optional<String> domain, String address) {
    Optional<Secret> secret = Secret.parseRenewal(settings.secretPrefix(), client.secret());
    Optional<UUID> id = id(client);
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

  private Optional<Candidate> lookUpCrowded(UUID id, String address) {
    try {
      return crowded.find(address, id);
    } catch (Turnstile.Crowded e) {
      throw refusal(address);
    }
  }

  /**
   * Counts a right one that comes from a wrong network as a failure, for each is audited.
   *
   * @throws ProblemException 429 when the address has none left
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

  private static Optional<UUID> id(ClientCredentials client) {
    try {
      return Optional.of(Ids.parse(client.id()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
