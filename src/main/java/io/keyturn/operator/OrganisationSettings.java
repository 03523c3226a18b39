package io.keyturn.operator;

import io.keyturn.apikey.SealedSecrets;
import io.keyturn.audit.Actor;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** What administrators change of their own organisation. Without a transaction of its own. */
@ApplicationScoped
public class OrganisationSettings {
  @Inject private OrganisationChanges changes;
  @Inject private SealedSecrets secrets;

  /**
   * Gives the organisation another name.
   *
   * @throws ProblemException 422 for {@code name}
   */
  public void rename(UUID id, String name, Actor actor) {
    changes.rename(id, name, actor);
  }

  /**
   * Switches strict mode on, which destroys all sealed secrets at once, or off, after which secrets
   * are sealed from their next refresh on. Nothing happens where it is so already.
   */
  public void strict(UUID id, boolean wanted, Actor actor) {
    changes.strict(id, wanted, actor);
    if (wanted) {
      // Those too that were sealed while the switch was under way.
      secrets.destroy(id);
    }
  }
}
