package io.keyturn.apikey;

import io.keyturn.audit.AuditLog;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.support.MemoryDatabase;
import io.keyturn.support.TestConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** API keys in memory, with the real services that create and read them. No server. */
final class KeyDatabase {
  final MemoryDatabase memory =
      new MemoryDatabase(
          Organisation.class.getName(),
          "io.keyturn.keyring.CryptoKey",
          "io.keyturn.audit.AuditEvent",
          "io.keyturn.audit.AuditHead",
          ApiKey.class.getName(),
          Credential.class.getName(),
          "io.keyturn.quota.ApiKeyUse");

  final ApiKeys keys = new ApiKeys();
  final KeyLocks locks = new KeyLocks();
  final Credentials credentials = new Credentials();
  final Keyring keyring = new Keyring();
  final AuditLog audit = new AuditLog();
  private final Organisations organisations = new Organisations();

  /** Puts the services together, with a test's own services beside them. */
  void open(Path directory, Object... services) {
    List<Object> all = new ArrayList<>(List.of(services));
    all.addAll(
        List.of(
            TestConfig.settings(directory),
            keyring,
            audit,
            organisations,
            keys,
            locks,
            credentials));
    memory.inject(all.toArray());
    memory.run(keyring::open);
  }

  OrganisationId newOrganisation() {
    String domain = "o" + UUID.randomUUID().toString().substring(0, 8);
    return memory.in(() -> organisations.create(domain, domain).id());
  }
}
