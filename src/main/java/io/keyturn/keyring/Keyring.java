package io.keyturn.keyring;

import io.keyturn.config.Settings;
import io.keyturn.config.WrongSetting;
import io.keyturn.keyring.CryptoKey.Purpose;
import io.keyturn.secret.Hmac;
import io.keyturn.secret.RootKey;
import io.keyturn.secret.Seal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The keys that protect secrets at rest, unwrapped once and held in memory. Missing keys are
 * created under a database lock, so that two nodes that start together create only one.
 */
@ApplicationScoped
public class Keyring {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Part of the associated data of the lookup key's wrapping after all rows of people have been
   * signed. An attacker with write access to the database cannot undo that.
   */
  private static final byte[] PEOPLE_SIGNED = "people signed".getBytes(StandardCharsets.US_ASCII);

  @Inject private Settings settings;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  private final Map<UUID, Seal> data = new ConcurrentHashMap<>();
  private final Map<UUID, DataKey> dataOfOrganisation = new ConcurrentHashMap<>();
  private @Nullable Hmac audit;
  private @Nullable Hmac people;
  private @Nullable Hmac browsers;
  private @Nullable LookupKey lookup;
  private @Nullable PageKeys pages;
  private @Nullable Seal signIn;
  private @Nullable RootKey root;

  /** A key for sealing, with the id that a sealed row stores. */
  public record DataKey(UUID id, Seal seal) {}

  /**
   * The key for digests.
   *
   * @param digest for secrets
   * @param row for the rows of credentials
   */
  public record LookupKey(UUID id, Hmac digest, Hmac row) {}

  /**
   * The keys that protect the state of pages.
   *
   * @param cipher 32 bytes for AES
   * @param mac 32 bytes for HMAC-SHA-256
   */
  @SuppressWarnings("ArrayRecordComponent") // Carried from here to Faces; never compared.
  public record PageKeys(byte[] cipher, byte[] mac) {
    @Override
    public String toString() {
      return "PageKeys";
    }
  }

  /**
   * Reads the root key's file. Creates the file, on the embedded database only.
   *
   * @throws WrongSetting when that fails
   */
  private void readRootKey() {
    try {
      if (settings.embedded() && Files.notExists(settings.rootKeyFile()) && hasNoKeys()) {
        RootKey.create(settings.rootKeyFile());
      }
      root = RootKey.read(settings.rootKeyFile());
    } catch (IOException e) {
      throw new WrongSetting("keyturn.root.key.file", String.valueOf(e.getMessage()));
    }
  }

  private boolean hasNoKeys() {
    return entities.createQuery("select count(k) from CryptoKey k", Long.class).getSingleResult()
        == 0;
  }

  /**
   * Unwraps all global keys, and creates them on an empty database. Called once at start.
   *
   * @throws WrongSetting when another root key wrapped them
   */
  @Transactional
  public void open() {
    readRootKey();
    lock();
    OpenKey key = keyFor(Purpose.LOOKUP, null);
    lookup =
        new LookupKey(
            key.id(), new Hmac(key.bytes()), new Hmac(Hmac.derive(key.bytes(), "keyturn/v1/row")));
    pages =
        new PageKeys(
            Hmac.derive(key.bytes(), "keyturn/v1/page-cipher"),
            Hmac.derive(key.bytes(), "keyturn/v1/page-mac"));
    signIn = new Seal(Hmac.derive(key.bytes(), "keyturn/v1/sign-in"));
    people = new Hmac(Hmac.derive(key.bytes(), "keyturn/v1/people"));
    browsers = new Hmac(Hmac.derive(key.bytes(), "keyturn/v1/browsers"));
    audit = new Hmac(keyFor(Purpose.AUDIT, null).bytes());
  }

  /** The key for new digests. */
  public LookupKey lookupKey() {
    if (lookup == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return lookup;
  }

  /** The keys that protect the state of pages. */
  public PageKeys pageKeys() {
    if (pages == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return pages;
  }

  /** Seals the pending single sign-on that a browser keeps in a cookie. */
  public Seal signInSeal() {
    if (signIn == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return signIn;
  }

  /** The key of the audit log's MACs. */
  public Hmac auditKey() {
    if (audit == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return audit;
  }

  /** The key of the MACs over the rows of people, roles and one-time links. */
  public Hmac peopleKey() {
    if (people == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return people;
  }

  /** The key for the cookies of known browsers. */
  public Hmac browserKey() {
    if (browsers == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return browsers;
  }

  /**
   * Signs all rows of people, once in the life of a database. Runs in the current transaction and
   * under the lock of the keyring. A database that was created with signed rows does not need it.
   *
   * @param signing signs the rows
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void signPeopleOnce(Runnable signing) {
    lock();
    CryptoKey key = entities.find(CryptoKey.class, lookupKey().id());
    if (key == null) {
      throw new IllegalStateException("no lookup key");
    }
    if (!saysPeopleSigned(key)) {
      signing.run();
      RootKey current = root();
      key.wrapAnew(current.currentId(), current.wrap(unwrap(key), place(key.id()), PEOPLE_SIGNED));
    }
  }

  private boolean saysPeopleSigned(CryptoKey key) {
    try {
      root().unwrap(key.rootId(), key.wrapped(), place(key.id()), PEOPLE_SIGNED);
      return true;
    } catch (Seal.BrokenSeal e) {
      return false;
    }
  }

  private void lock() {
    entities
        .createNativeQuery("SELECT name FROM lock_point WHERE name = 'keyring' FOR UPDATE")
        .getSingleResult();
  }

  /** The key for an organisation's new sealed secrets. Runs in the current transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public DataKey dataKey(UUID organisationId) {
    DataKey known = dataOfOrganisation.get(organisationId);
    if (known != null) {
      return known;
    }
    OpenKey opened = keyFor(Purpose.DATA, organisationId);
    DataKey key = new DataKey(opened.id(), new Seal(opened.bytes()));
    if (opened.stored()) {
      // A key that was just created may be rolled back, so only its next use caches it.
      dataOfOrganisation.put(organisationId, key);
      data.put(key.id(), key.seal());
    }
    return key;
  }

  /** The key that sealed a row. */
  @Transactional
  public Seal sealOf(UUID dataKeyId) {
    Seal known = data.get(dataKeyId);
    if (known != null) {
      return known;
    }
    CryptoKey key = entities.find(CryptoKey.class, dataKeyId);
    if (key == null) {
      throw new IllegalStateException("no data key " + dataKeyId);
    }
    return new Seal(unwrap(key));
  }

  /** Removes a deleted organisation's keys from this node's memory. */
  public void forget(UUID organisationId) {
    DataKey key = dataOfOrganisation.remove(organisationId);
    if (key != null) {
      data.remove(key.id());
    }
  }

  private record OpenKey(UUID id, byte[] bytes, boolean stored) {}

  private OpenKey keyFor(Purpose purpose, @Nullable UUID organisationId) {
    String owner = organisationId == null ? "is null" : "= :organisation";
    TypedQuery<CryptoKey> query =
        entities
            .createQuery(
                "select k from CryptoKey k where k.purpose = :purpose and k.organisationId "
                    + owner
                    + " order by k.createdAt desc, k.id",
                CryptoKey.class)
            .setParameter("purpose", purpose)
            .setMaxResults(1);
    if (organisationId != null) {
      query.setParameter("organisation", organisationId);
    }
    List<CryptoKey> found = query.getResultList();
    if (!found.isEmpty()) {
      return new OpenKey(found.get(0).id(), unwrap(found.get(0)), true);
    }
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    UUID id = UUID.randomUUID();
    RootKey key = root();
    entities.persist(
        new CryptoKey(
            id,
            purpose,
            organisationId,
            key.currentId(),
            purpose == Purpose.LOOKUP
                ? key.wrap(bytes, place(id), PEOPLE_SIGNED)
                : key.wrap(bytes, place(id)),
            clock.instant()));
    return new OpenKey(id, bytes, false);
  }

  private byte[] unwrap(CryptoKey key) {
    try {
      return key.purpose() == Purpose.LOOKUP && saysPeopleSigned(key)
          ? root().unwrap(key.rootId(), key.wrapped(), place(key.id()), PEOPLE_SIGNED)
          : root().unwrap(key.rootId(), key.wrapped(), place(key.id()));
    } catch (Seal.BrokenSeal e) {
      throw new WrongSetting(
          "keyturn.root.key.file",
          settings.rootKeyFile()
              + " is not the root key of this database, which needs the root key named "
              + key.rootId());
    }
  }

  private RootKey root() {
    if (root == null) {
      throw new IllegalStateException();
    }
    return root;
  }

  private static byte[] place(UUID id) {
    return ("crypto_key/" + id).getBytes(StandardCharsets.US_ASCII);
  }
}
