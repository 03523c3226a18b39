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
 * The keys that protect secrets at rest, opened once and held in memory. Absent ones are created
 * under a lock of the database, so that two nodes that start together create one.
 */
@ApplicationScoped
public class Keyring {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * Stands in the associated data of the lookup key's wrapping from the moment on at which every
   * row of people is signed. So whoever can write the database cannot take that back.
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

  /** A key for sealing, with the id that a sealed row remembers. */
  public record DataKey(UUID id, Seal seal) {}

  /**
   * The key for digests.
   *
   * @param digest over the secret
   * @param row over the credential's row
   */
  public record LookupKey(UUID id, Hmac digest, Hmac row) {}

  /**
   * The keys for what pages bear of their own state.
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
   * Reads the root key's file; creates it, on the embedded database only.
   *
   * @throws WrongSetting when that cannot be done
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
   * Opens every global key, and creates them on an empty database. Called once at start.
   *
   * @throws WrongSetting when the root key is another than the one that wrapped them
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

  /** The key under which new digests are created. */
  public LookupKey lookupKey() {
    if (lookup == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return lookup;
  }

  /** The keys for what pages bear of their own state. */
  public PageKeys pageKeys() {
    if (pages == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return pages;
  }

  /** Seals what a browser keeps of a sign-in that it has begun elsewhere. */
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

  /** The key by which browsers are known again. */
  public Hmac browserKey() {
    if (browsers == null) {
      throw new IllegalStateException("the keyring is not open");
    }
    return browsers;
  }

  /**
   * Has every row of people signed, once in the life of a database: in the running transaction, and
   * under the lock of the keyring. A database that was created with signed rows needs it not.
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

  /** The key under which an organisation's new secrets are sealed; in the running transaction. */
  @Transactional(Transactional.TxType.MANDATORY)
  public DataKey dataKey(UUID organisationId) {
    DataKey known = dataOfOrganisation.get(organisationId);
    if (known != null) {
      return known;
    }
    OpenKey opened = keyFor(Purpose.DATA, organisationId);
    DataKey key = new DataKey(opened.id(), new Seal(opened.bytes()));
    if (opened.stored()) {
      // A key created just now may still be rolled back, so it is remembered at its next use only.
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

  /** Drops a deleted organisation's keys from this node's memory. */
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
              + " is not the root key of this database, which needs the one named "
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
