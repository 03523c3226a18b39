package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.access.PersonId;
import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.user.Users;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;

/** What a key or person may do now, for what is done in their name after their request. */
@ApplicationScoped
public class ActorRights {
  @Inject private ApiKeys keys;
  @Inject private Users users;

  /** What somebody may do, and with which suppliers. */
  public record Rights(Set<Scope> scopes, Reach reach) {}

  /** What a key or person may do now; nothing for one that has ended. */
  public Rights of(OrganisationId organisationId, Actor.Type type, UUID id) {
    Reach all = Reach.all(organisationId);
    if (type == Actor.Type.API_KEY) {
      try {
        ApiKeyRow key = keys.get(organisationId, new ApiKeyId(id));
        return key.status() == ApiKeyStatus.ACTIVE
            ? new Rights(key.scopes(), new Reach(organisationId, key.locations()))
            : new Rights(Set.of(), all);
      } catch (ProblemException e) {
        return new Rights(Set.of(), all);
      }
    }
    return users
        .byId(new PersonId(id))
        .filter(user -> user.organisationId().equals(organisationId) && user.active())
        .map(user -> new Rights(user.role().scopes(), all))
        .orElse(new Rights(Set.of(), all));
  }
}
