package io.keyturn.verification;

import io.keyturn.access.ApiKeyId;
import io.keyturn.apikey.KeyGrant;
import io.keyturn.apikey.SignedRow;
import io.keyturn.apikey.SignedRows;
import io.keyturn.config.Settings;
import io.keyturn.database.RowChanges;
import io.keyturn.keyring.Keyring;
import io.keyturn.keyring.Keyring.LookupKey;
import io.keyturn.limit.Buckets;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.quota.OrganisationRate;
import io.keyturn.quota.Quotas;
import io.keyturn.quota.RecordedUse;
import io.keyturn.secret.Hmac;
import io.keyturn.secret.Secret;
import io.keyturn.secret.SecretDigest;
import io.keyturn.support.Fields;
import io.keyturn.support.TestConfig;
import io.keyturn.usage.UsageRecorder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The real beans of verification, and many keys whose credentials they have in memory. */
final class ManyKeys {
  private static final int ORGANISATIONS = 1_000;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
  private final LookupKey lookupKey =
      new LookupKey(new UUID(9, 9), new Hmac(new byte[32]), new Hmac(new byte[] {1}));
  private final KnownCredentials known = new KnownCredentials();
  private final SecretVerification verification = new SecretVerification();

  /** The only row that the database has. */
  private @Nullable CredentialRecord stored;

  /** How many times the database was asked. */
  int asked;

  /** The secrets of the keys. */
  final String[] secrets;

  /** Creates the secrets of the keys, and beans that know none of them yet. */
  ManyKeys(int keys) {
    Settings settings =
        TestConfig.settings(
            Path.of("data"),
            "keyturn.verification.cache.size",
            Integer.toString(Math.max(1_000, keys + keys / 10)));
    Clock clock = Clock.systemUTC();
    Keyring keyring = new Keyring();
    Fields.set(keyring, "lookup", lookupKey);
    RowChanges changes = new RowChanges();
    Fields.set(changes, "settings", settings);
    WrongSecretBudget failures = new WrongSecretBudget();
    wire(
        known,
        "settings",
        settings,
        "keyring",
        keyring,
        "rows",
        rows(),
        "failures",
        failures,
        "changes",
        changes);
    known.open();
    OrganisationRate rate = new OrganisationRate();
    wire(rate, "perMinute", 10_000_000, "left", new Buckets<>(10_000_000, 10_000_000));
    RestrictionCheck restrictions = new RestrictionCheck();
    Quotas quotas = new Quotas();
    Fields.call(quotas, "size", Settings.class, settings);
    wire(restrictions, "quotas", quotas, "organisationRate", rate);
    UsageRecorder usage = new UsageRecorder();
    wire(usage, "clock", clock);
    wire(verification, "settings", settings, "clock", clock, "credentials", known);
    wire(verification, "failures", failures, "restrictions", restrictions, "usage", usage);
    secrets = new String[keys];
    for (int i = 0; i < keys; i++) {
      secrets[i] = Secret.random("kt", "live").reveal();
    }
  }

  /** Looks each key up, so that it is in memory. */
  void lookUp() {
    for (int i = 0; i < secrets.length; i++) {
      stored = row(i, digest(secrets[i]));
      if (find(secrets[i]) == null) {
        throw new IllegalStateException("key " + i + " is not found");
      }
    }
    stored = null;
  }

  private static void wire(Object bean, Object... fields) {
    for (int i = 0; i < fields.length; i += 2) {
      Fields.set(bean, (String) fields[i], fields[i + 1]);
    }
  }

  private CredentialRows rows() {
    return new CredentialRows() {
      @Override
      Optional<CredentialRecord> byDigest(byte[] digest) {
        asked++;
        return Optional.ofNullable(stored);
      }
    };
  }

  /** A row as Hibernate creates it: each with texts, ids and times of its own. */
  private CredentialRecord row(int i, byte[] digest) {
    OrganisationId organisation = new OrganisationId(new UUID(1, i % ORGANISATIONS));
    ApiKeyId key = ApiKeyId.random();
    KeyGrant grant =
        new KeyGrant(
            new String("suppliers:read suppliers:write"),
            new String(i % 4 == 0 ? "192.0.2.0/24" : ""),
            60_000,
            60_000,
            null,
            null,
            "");
    Instant until = now.plus(Duration.ofHours(25)).plusNanos(i * 1_000L);
    byte[] mac =
        SignedRows.mac(
            new SignedRow(organisation, key, 1 + i % 7, false, grant, digest, until),
            lookupKey.row());
    return new CredentialRecord(
        digest.clone(),
        mac,
        1 + i % 7,
        null,
        until,
        key,
        "Integration " + i,
        new String("live"),
        until.minus(Duration.ofHours(1)),
        grant,
        new RecordedUse((long) i + 1_000, 20_000L, (long) i % 1_000 + 1_000),
        null,
        organisation,
        "organisation-" + i % ORGANISATIONS,
        "Organisation " + i % ORGANISATIONS,
        null);
  }

  /** The digest of a secret. */
  byte[] digest(String text) {
    return lookupKey.digest().of(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Parses a secret and looks it up. */
  @Nullable KnownCredential find(String text) {
    SecretDigest digest = known.digest(text);
    return digest == null ? null : known.find(digest);
  }

  /** The verification of requests. */
  SecretVerification secrets() {
    return verification;
  }
}
