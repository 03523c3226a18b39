package io.keyturn.control;

import io.keyturn.apikey.ApiKeys;
import io.keyturn.apikey.NewApiKey;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Many organisations and keys, some hundred to a transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
public class Bulk {
  @Inject private Organisations organisations;
  @Inject private ApiKeys keys;

  /** Creates organisations. */
  public List<OrganisationId> organisations(int count) {
    List<OrganisationId> created = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String domain = "bulk-" + UUID.randomUUID();
      created.add(organisations.create(domain, domain).id());
    }
    return created;
  }

  /** Creates keys, each in the next organisation. */
  public void keys(List<OrganisationId> organisationIds, int from, int to, Actor creator) {
    for (int i = from; i < to; i++) {
      keys.create(
          organisationIds.get(i % organisationIds.size()), NewApiKey.named("key " + i), creator);
    }
  }
}
