package io.keyturn.apikey;

import io.keyturn.access.ApiKeyId;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Stops the secrets of all keys of an organisation, some hundred keys per transaction. */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class LeakResponse {
  private static final int AT_ONCE = 200;

  @Inject private Refreshes refreshes;
  @Inject private ApiKeys keys;

  /**
   * Refreshes every key that is not revoked, without a grace period. If it fails midway, the keys
   * refreshed so far stay refreshed; a repetition stops all keys once more.
   *
   * @param reason what happened
   * @return how many keys were refreshed
   * @throws io.keyturn.problem.ProblemException 422 without a reason
   */
  public int stopAll(OrganisationId organisationId, String reason, Actor actor) {
    List<ApiKeyId> all = keys.ids(organisationId);
    int count = 0;
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<ApiKeyId> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
      count += refreshes.leaked(organisationId, some, reason, actor);
    }
    return count;
  }
}
