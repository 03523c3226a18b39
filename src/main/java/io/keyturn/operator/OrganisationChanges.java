package io.keyturn.operator;

import io.keyturn.apikey.SealedSecrets;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.http.OneLine;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.user.NewOrganisations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Map;

/** The transactions of {@link OrganisationSettings}. */
@ApplicationScoped
@Transactional
class OrganisationChanges {
  @Inject private Organisations organisations;
  @Inject private SealedSecrets secrets;
  @Inject private AuditLog audit;

  void rename(OrganisationId id, String name, Actor actor) {
    String line = OneLine.of("name", name, NewOrganisations.LONGEST_NAME);
    Organisation organisation = locked(id);
    String before = organisation.name();
    if (!line.equals(before)) {
      organisation.rename(line);
      record(
          organisation,
          AuditAction.ORGANISATION_RENAMED,
          Map.of("from", before, "to", line),
          actor);
    }
  }

  void strict(OrganisationId id, boolean wanted, Actor actor) {
    Organisation organisation = locked(id);
    if (organisation.strict() == wanted) {
      return;
    }
    organisation.strict(wanted);
    if (wanted) {
      record(
          organisation,
          AuditAction.ORGANISATION_MADE_STRICT,
          Map.of("sealed_secrets_destroyed", secrets.destroy(id)),
          actor);
    } else {
      record(organisation, AuditAction.ORGANISATION_MADE_LENIENT, Map.of(), actor);
    }
  }

  private Organisation locked(OrganisationId id) {
    return organisations.lock(id).orElseThrow(PlatformOrganisations::absent);
  }

  private void record(
      Organisation organisation, AuditAction action, Map<String, ?> details, Actor actor) {
    audit.append(
        organisation.id(), actor, action, PlatformOrganisations.subject(organisation), details);
  }
}
