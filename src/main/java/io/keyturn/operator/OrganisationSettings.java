package io.keyturn.operator;

import io.keyturn.apikey.SealedSecrets;
import io.keyturn.audit.Actor;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The settings that administrators change for their own organisation. It has no transaction of its
 * own.
 */
@ApplicationScoped
public class OrganisationSettings {
  @Inject private OrganisationChanges changes;
  @Inject private SealedSecrets secrets;

  /**
   * Renames the organisation.
   *
   * @throws ProblemException 422 for {@code name}
   */
  public void rename(OrganisationId id, String name, Actor actor) {
    changes.rename(id, name, actor);
  }

  /**
   * Switches strict mode on or off. Switching it on destroys all sealed secrets at once. After
   * switching it off, secrets are sealed again from their next refresh on. Does nothing when the
   * mode is already the wanted mode.
   */
  public void strict(OrganisationId id, boolean wanted, Actor actor) {
    changes.strict(id, wanted, actor);
    if (wanted) {
      // This also destroys secrets that were sealed during the switch.
      secrets.destroy(id);
    }
  }
}
