package io.keyturn.access;

import io.keyturn.database.UuidJavaType;
import io.keyturn.organisation.OrganisationId;
import org.hibernate.boot.model.TypeContributions;
import org.hibernate.boot.model.TypeContributor;
import org.hibernate.service.ServiceRegistry;

/** Tells Hibernate of the typed ids. */
public class TypedIds implements TypeContributor {
  @Override
  public void contribute(TypeContributions contributions, ServiceRegistry services) {
    contributions.contributeJavaType(
        new UuidJavaType<>(OrganisationId.class, OrganisationId::new, OrganisationId::value));
    contributions.contributeJavaType(
        new UuidJavaType<>(ApiKeyId.class, ApiKeyId::new, ApiKeyId::value));
    contributions.contributeJavaType(
        new UuidJavaType<>(PersonId.class, PersonId::new, PersonId::value));
  }
}
