package io.keyturn.verification;

import io.keyturn.config.Settings;
import io.keyturn.database.RowChanges;
import io.keyturn.keyring.Keyring;
import io.keyturn.keyring.Keyring.LookupKey;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.quota.OrganisationRate;
import io.keyturn.quota.Quotas;
import io.keyturn.secret.Hmac;
import io.keyturn.support.Fields;
import io.keyturn.support.TestConfig;
import io.keyturn.usage.Client;
import io.keyturn.usage.CredentialNumber;
import io.keyturn.usage.UsageRecorder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The real beans of verification over rows in memory, as the container would put them together. */
final class VerifyingBeans {
  /** How many credentials are remembered: as few as can be set. */
  static final int REMEMBERED = 1_000;

  private Instant now = StoredCredentials.NOW;

  final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  final Keyring keyring = new Keyring();
  final StoredCredentials stored;
  final Quotas quotas = new Quotas();
  final RestrictionCheck restrictions = new RestrictionCheck();
  final SecretVerification secrets = new SecretVerification();
  final VerificationProblems problems = new VerificationProblems();
  final NotedUse usage = new NotedUse();
  final Neighbours organisation = new Neighbours();
  final Budget failures = new Budget();
  final RowChanges changes = new RowChanges();

  /** What was noted of the use of credentials, in order. */
  static final class NotedUse extends UsageRecorder {
    final List<String> noted = new ArrayList<>();

    @Override
    public void accepted(CredentialNumber credential, Client client) {
      noted.add("accepted " + credential.number() + " of " + client.address());
    }

    @Override
    public void acceptedLate(CredentialNumber credential) {
      noted.add("late " + credential.number());
    }

    @Override
    public void refused(CredentialNumber credential, Client client) {
      noted.add("refused " + credential.number() + " of " + client.address());
    }
  }

  /** The other keys of an organisation, which make as many requests as they like. */
  static final class Neighbours extends OrganisationRate {
    long wait;
    int accepted;

    @Override
    public int perMinute() {
      return 600;
    }

    @Override
    public long secondsToWait(OrganisationId organisationId) {
      return wait;
    }

    @Override
    public void accepted(OrganisationId organisationId) {
      accepted++;
    }
  }

  /** The real budget, and a switch by which every address has spent it. */
  static final class Budget extends WrongSecretBudget {
    boolean allSpent;

    @Override
    boolean spent(String address) {
      return allSpent || super.spent(address);
    }
  }

  VerifyingBeans() {
    LookupKey lookupKey =
        new LookupKey(new UUID(9, 9), new Hmac(new byte[32]), new Hmac(new byte[] {1}));
    Fields.set(keyring, "lookup", lookupKey);
    stored = new StoredCredentials(lookupKey);
    KnownCredentials known = new KnownCredentials();
    Fields.set(known, "settings", settings());
    Fields.set(known, "keyring", keyring);
    Fields.set(known, "rows", stored);
    Fields.set(known, "failures", failures);
    Fields.set(changes, "settings", settings());
    Fields.set(known, "changes", changes);
    known.open();
    Fields.set(restrictions, "quotas", quotas);
    Fields.set(restrictions, "organisationRate", organisation);
    Fields.set(secrets, "settings", settings());
    Fields.set(secrets, "clock", clock);
    Fields.set(secrets, "credentials", known);
    Fields.set(secrets, "failures", failures);
    Fields.set(secrets, "restrictions", restrictions);
    Fields.set(secrets, "usage", usage);
    Fields.set(problems, "settings", settings());
  }

  static Settings settings() {
    return TestConfig.settings(
        Path.of("data"), "keyturn.verification.cache.size", Integer.toString(REMEMBERED));
  }

  /** Lets time pass, by the clock of the deadlines. */
  void pass(Duration time) {
    now = now.plus(time);
  }
}
