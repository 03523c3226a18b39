package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.database.ChangeAnnouncer;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The automatic refresh of many keys in one transaction. Keys and credentials decide as for a
 * single key, but their rows are written in bulk: Hibernate's own way costs more than everything
 * else that a refresh does. Decision record 0043.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.MANDATORY)
public class DueRefreshes {
  @Inject private AuditLog audit;
  @Inject private Organisations organisations;
  @Inject private Credentials credentials;
  @PersistenceContext private EntityManager entities;

  /**
   * Refreshes due keys that the caller has locked. A key that somebody else has changed in the
   * database is skipped until its next due time. The keys are detached from the current
   * transaction.
   */
  public void refresh(Collection<ApiKey> keys, Instant now) {
    if (keys.isEmpty()) {
      return;
    }
    keys.forEach(entities::detach);
    Set<OrganisationId> owners =
        keys.stream().map(ApiKey::organisationId).collect(Collectors.toSet());
    organisations.prepare(owners);
    Map<ApiKeyId, List<Credential>> accepted = credentials.accepted(keys, now);
    List<Credential> retired = new ArrayList<>();
    List<Credential> issued = new ArrayList<>();
    List<AuditLog.Entry> events = new ArrayList<>();
    for (ApiKey key : keys) {
      List<Credential> own = accepted.getOrDefault(key.id(), List.of());
      own.forEach(entities::detach);
      if (credentials.genuine(key, own)) {
        Instant until = key.refreshDue(now);
        credentials.retire(key, own, now, until);
        retired.addAll(own);
        issued.add(credentials.create(key, CredentialCause.AUTOMATIC, now));
        events.add(
            new AuditLog.Entry(
                key.organisationId(),
                Actor.SYSTEM,
                AuditAction.API_KEY_REFRESHED,
                key.subject(),
                Refreshes.details(key, CredentialCause.AUTOMATIC, until)));
      } else {
        Refreshes.passOver(key, now);
      }
    }
    // New data keys must be in the database before the credentials that name them.
    entities.flush();
    Credential.RETIRED.update(entities, retired);
    Credential.ISSUED.insert(entities, issued);
    ApiKey.REFRESHED.update(entities, List.copyOf(keys));
    // Last, because others who append to these chains wait from here on.
    audit.appendAll(events);
    ChangeAnnouncer.changed(entities, keys);
  }
}
