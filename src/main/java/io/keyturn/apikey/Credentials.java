package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.config.Settings;
import io.keyturn.database.InList;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Issues, retires and opens the credentials of keys that the caller has locked. */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class Credentials {
  @Inject private Settings settings;
  @Inject private Keyring keyring;
  @Inject private Organisations organisations;
  @PersistenceContext private EntityManager entities;

  /** Issues the credential with the key's current number. */
  IssuedSecret issue(ApiKey key, CredentialCause cause, Instant now) {
    Secret secret = newSecret(key);
    Credential credential = create(key, secret, cause, now);
    entities.persist(credential);
    return new IssuedSecret(key.id(), credential.number(), secret, credential.acceptedUntil());
  }

  /** The credential with the key's current number and a secret that nobody is told. */
  Credential create(ApiKey key, CredentialCause cause, Instant now) {
    return create(key, newSecret(key), cause, now);
  }

  private Secret newSecret(ApiKey key) {
    return Secret.random(settings.secretPrefix(), key.environment());
  }

  private Credential create(ApiKey key, Secret secret, CredentialCause cause, Instant now) {
    Organisation organisation = organisations.byId(key.organisationId()).orElseThrow();
    return new Credential(
        key,
        cause,
        secret,
        keyring.lookupKey(),
        organisation.strict() ? null : keyring.dataKey(organisation.id().value()),
        now);
  }

  /** The accepted credentials, and the current credential even where it has run out. */
  public List<Credential> accepted(ApiKey key, Instant now) {
    return accepted(List.of(key), now).getOrDefault(key.id(), List.of());
  }

  /** The accepted credentials of many keys in one query, by the key's id. */
  public Map<ApiKeyId, List<Credential>> accepted(Collection<ApiKey> keys, Instant now) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    TypedQuery<Credential> query =
        entities.createQuery(
            "select c from Credential c where c.apiKeyId in "
                + InList.of("key", keys.size())
                + " and (c.acceptedUntil > :now or c.retiredAt is null)",
            Credential.class);
    return InList.set(query, "key", keys.stream().map(ApiKey::id).toList())
        .setParameter("now", now)
        .getResultList()
        .stream()
        .collect(Collectors.groupingBy(Credential::apiKeyId));
  }

  /**
   * Retires the credentials that were accepted so far. The credential just replaced is accepted
   * until {@code until}; all others end now, because at most two are accepted at a time.
   */
  void retire(ApiKey key, List<Credential> accepted, Instant now, Instant until) {
    for (Credential credential : accepted) {
      boolean replaced = credential.number() == key.currentNumber() - 1;
      credential.retire(key, now, replaced ? until : now, keyring.lookupKey());
    }
  }

  /** Ends all accepted credentials. */
  void end(ApiKey key, Instant now) {
    end(key, accepted(key, now), now);
  }

  /** Ends these credentials, which are all that are accepted. */
  void end(ApiKey key, List<Credential> accepted, Instant now) {
    accepted.forEach(c -> c.retire(key, now, now, keyring.lookupKey()));
  }

  /** Whether a successor may be signed: the current credential is there, and we signed its row. */
  boolean genuine(ApiKey key, List<Credential> accepted) {
    return accepted.stream()
        .anyMatch(
            c ->
                c.number() == key.currentNumber()
                    && c.retiredAt().isEmpty()
                    && c.genuine(key.granted(), keyring.lookupKey()));
  }

  /**
   * Signs the rows of all credentials that are remembered, after a change that the rows' MACs
   * cover.
   *
   * @param before the grant of the key before the change
   */
  void signAnew(ApiKey key, KeyGrant before) {
    entities
        .createQuery("select c from Credential c where c.apiKeyId = :key", Credential.class)
        .setParameter("key", key.id())
        .getResultList()
        .forEach(c -> c.signAnew(key, before, keyring.lookupKey()));
  }

  /** The credential with this number, which must still be remembered. */
  public Credential of(OrganisationId organisationId, ApiKeyId keyId, int number) {
    return entities
        .createQuery(
            "select c from Credential c where c.organisationId = :organisation and"
                + " c.apiKeyId = :key and c.number = :number",
            Credential.class)
        .setParameter("organisation", organisationId)
        .setParameter("key", keyId)
        .setParameter("number", number)
        .getSingleResult();
  }

  /**
   * Whether the automatic refresh created the current credential. Only the audit log says so; it is
   * written in the same transaction.
   */
  public boolean automatic(ApiKey key) {
    return of(key.organisationId(), key.id(), key.currentNumber()).automatic();
  }

  /**
   * Refuses access to the current secret: to a grantor that may do less than the key, and to
   * everybody where the key was tampered with, because its grant is then unknown.
   *
   * @throws ProblemException 403 naming a scope or another member; 409
   */
  void refuse(ApiKey key, Grantor grantor, Instant now) {
    grantor.refuseSecretOf(key);
    if (!genuine(key, accepted(key, now))) {
      throw changed();
    }
  }

  /** The problem of a key whose row somebody else changed in the database. */
  static ProblemException changed() {
    return new ProblemException(
        ProblemType.CONFLICT,
        "The API key was changed in the database by somebody else. Revoke it and"
            + " create a new API key.");
  }

  /** The current secret, unless it was never sealed. */
  public Optional<IssuedSecret> current(ApiKey key) {
    Credential credential = of(key.organisationId(), key.id(), key.currentNumber());
    return credential
        .dataKeyId()
        .flatMap(id -> credential.open(keyring.sealOf(id), settings.secretPrefix()))
        .map(
            secret ->
                new IssuedSecret(
                    key.id(), credential.number(), secret, credential.acceptedUntil()));
  }
}
