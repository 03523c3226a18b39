package io.keyturn.webhook;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.PersonId;
import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.apikey.ApiKeyRow;
import io.keyturn.apikey.ApiKeyStatus;
import io.keyturn.apikey.ApiKeys;
import io.keyturn.audit.Actor;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;

/** The key or person to whom a webhook belongs. It is told only what its owner may read now. */
@ApplicationScoped
class Owners {
  @Inject private ApiKeys keys;
  @Inject private Users users;

  /** What somebody may be told. */
  record Rights(Set<Scope> scopes, Reach reach) {}

  /** What the owner of a webhook may be told now; nothing for an owner that has ended. */
  Rights rights(Webhook webhook) {
    Rights none = new Rights(Set.of(), Reach.all(webhook.organisationId()));
    if (webhook.ownerType() == Actor.Type.API_KEY) {
      try {
        ApiKeyRow key = keys.get(webhook.organisationId(), new ApiKeyId(webhook.ownerId()));
        return key.status() == ApiKeyStatus.ACTIVE
            ? new Rights(key.scopes(), new Reach(webhook.organisationId(), key.locations()))
            : none;
      } catch (ProblemException e) {
        return none;
      }
    }
    return users
        .byId(new PersonId(webhook.ownerId()))
        .filter(user -> user.organisationId().equals(webhook.organisationId()) && user.active())
        .map(user -> new Rights(user.role().scopes(), Reach.all(webhook.organisationId())))
        .orElse(none);
  }
}
