package io.keyturn;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditLog;
import io.keyturn.config.Settings;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.Organisations;
import io.keyturn.supplier.Suppliers;
import io.keyturn.user.BuiltInRole;
import io.keyturn.user.NewOrganisations;
import io.keyturn.user.Users;
import io.keyturn.user.signin.InitialPassword;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Fills an empty database with an organisation, its first administrator and demo suppliers. */
@ApplicationScoped
@Transactional
public class FirstStart {
  @Inject private Settings settings;
  @Inject private Organisations organisations;
  @Inject private NewOrganisations founding;
  @Inject private Users users;
  @Inject private Suppliers suppliers;
  @Inject private AuditLog audit;
  @Inject private InitialPassword initialPassword;
  @PersistenceContext private EntityManager entities;

  /**
   * Fills an empty database; does nothing on any other.
   *
   * @return the generated password of the first administrator, if one was generated now
   */
  public Optional<String> fill() {
    entities
        .createNativeQuery("SELECT name FROM lock_point WHERE name = 'first-start' FOR UPDATE")
        .getSingleResult();
    audit.beginPlatform();
    if (!organisations.none()) {
      return Optional.empty();
    }
    Organisation organisation =
        founding.found(settings.organisation(), settings.organisation(), Actor.SYSTEM);
    suppliers.seedDemo(organisation.id(), settings.demoSuppliers());
    Optional<String> generated =
        settings.adminPassword().isPresent()
            ? Optional.empty()
            : Optional.of(initialPassword.generate());
    users.create(
        organisation.id(),
        settings.adminEmail(),
        "Administrator",
        BuiltInRole.ADMINISTRATOR,
        settings.adminPassword().or(() -> generated).orElseThrow(),
        generated.isPresent());
    return generated;
  }
}
