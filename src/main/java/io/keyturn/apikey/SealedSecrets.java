package io.keyturn.apikey;

import io.keyturn.idempotency.Idempotency;
import io.keyturn.organisation.OrganisationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;

/** Destroys the sealed secrets of an organisation in strict mode. */
@ApplicationScoped
@Transactional
public class SealedSecrets {
  @Inject private Idempotency idempotency;
  @PersistenceContext private EntityManager entities;

  /**
   * Destroys the sealed secrets, also in answers kept for repeated requests. The secrets stay
   * accepted.
   *
   * @return how many current secrets were sealed
   */
  public int destroy(OrganisationId organisationId) {
    idempotency.forgetSecrets(organisationId);
    return entities
        .createQuery(
            "update Credential c set c.sealed = null, c.dataKeyId = null"
                + " where c.organisationId = :organisation and c.sealed is not null")
        .setParameter("organisation", organisationId)
        .executeUpdate();
  }

  /** Destroys secrets that a refresh sealed while its organisation was switched to strict mode. */
  public void destroyLeftOver() {
    entities
        .createQuery("select o.id from Organisation o where o.strict", OrganisationId.class)
        .getResultList()
        .forEach(this::destroy);
  }
}
