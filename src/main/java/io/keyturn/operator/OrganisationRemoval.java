package io.keyturn.operator;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditEventView;
import io.keyturn.audit.AuditFilter;
import io.keyturn.audit.AuditLog;
import io.keyturn.keyring.Keyring;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deletes an organisation with all its data. This includes its data keys, so that no copy of its
 * sealed secrets can be opened afterwards. The organisation must be suspended and have been
 * exported since then, so that no data are lost by accident.
 */
@ApplicationScoped
@Transactional
public class OrganisationRemoval {
  private static final Duration FRESH = Duration.ofHours(24);

  @Inject private Organisations organisations;
  @Inject private Keyring keyring;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /**
   * Deletes an organisation. The operator's actions stay in the platform's audit log.
   *
   * @param export the SHA-256 of the newest export, 64 hexadecimal digits
   * @throws ProblemException 404; 409 while the organisation is not suspended; 412 when the digest
   *     is not that of the newest export, or the export is older than 24 hours or than the
   *     suspension
   */
  public void delete(OrganisationId id, String export, Actor operator) {
    // Locks the keys first, then the chain, then the organisation. All transactions use this order.
    entities
        .createNativeQuery(
            "SELECT id FROM api_key WHERE organisation_id = :id ORDER BY id FOR UPDATE")
        .setParameter("id", id.value())
        .getResultList();
    audit.lock(List.of(id));
    Organisation organisation = organisations.lock(id).orElseThrow(PlatformOrganisations::absent);
    Instant suspendedAt = organisation.suspendedAt();
    if (suspendedAt == null) {
      throw new ProblemException(
          ProblemType.CONFLICT, "Suspend this organisation, and export it, before you delete it.");
    }
    requireFresh(id, export, suspendedAt);
    audit.append(
        Organisation.PLATFORM,
        operator,
        AuditAction.ORGANISATION_DELETED,
        PlatformOrganisations.subject(organisation),
        Map.of("name", organisation.name(), "export_sha256", export));
    entities.flush();
    entities.clear();
    entities.runWithConnection((Connection connection) -> deleteRows(connection, id));
    keyring.forget(id.value());
  }

  private static void deleteRows(Connection connection, OrganisationId id) throws SQLException {
    for (String table : OrganisationTables.read(connection).names()) {
      delete(connection, table, "organisation_id", id);
    }
    delete(connection, "organisation", "id", id);
  }

  private static void delete(Connection connection, String table, String owner, OrganisationId id)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + table + " WHERE " + owner + " = ?")) {
      delete.setObject(1, id.value());
      delete.executeUpdate();
    }
  }

  private void requireFresh(OrganisationId id, String export, Instant suspendedAt) {
    AuditEventView newest = newestExport(id);
    if (newest == null
        || !OrganisationExport.proof(export)
            .equals(newest.details().get(OrganisationExport.PROOF))) {
      throw unfit("This is not the SHA-256 of the newest export of this organisation.");
    }
    if (newest.at().isBefore(suspendedAt)) {
      throw unfit(
          "This export was created before the organisation was suspended. Create a new export.");
    }
    if (newest.at().plus(FRESH).isBefore(clock.instant())) {
      throw unfit("This export is older than 24 hours. Create a new export.");
    }
  }

  private @Nullable AuditEventView newestExport(OrganisationId id) {
    return audit
        .find(
            Organisation.PLATFORM,
            new AuditFilter(
                AuditAction.ORGANISATION_EXPORTED.name(), null, id.toString(), null, null, null),
            new Paging(1, null, false))
        .data()
        .stream()
        .findFirst()
        .orElse(null);
  }

  private static ProblemException unfit(String detail) {
    return new ProblemException(ProblemType.PRECONDITION_FAILED, detail);
  }
}
