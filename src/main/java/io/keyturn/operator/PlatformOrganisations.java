package io.keyturn.operator;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.http.IfMatch;
import io.keyturn.http.OneLine;
import io.keyturn.organisation.Organisation;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.user.NewOrganisations;
import io.keyturn.user.invitation.IssuedLink;
import io.keyturn.webhook.Webhooks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operator's actions on organisations. Each action is recorded twice: in the organisation's own
 * audit log, for its administrators, and in the platform's audit log, which remains after a
 * deletion.
 */
@ApplicationScoped
@Transactional
public class PlatformOrganisations {
  /** The list and its order, for cursors. */
  static final String LIST = "organisations/domain";

  @Inject private Organisations organisations;
  @Inject private NewOrganisations founding;
  @Inject private Webhooks webhooks;
  @Inject private AuditLog audit;
  @Inject private Clock clock;
  @PersistenceContext private EntityManager entities;

  /** A new organisation and the invitation of its first administrator. */
  public record Created(OrganisationView organisation, IssuedLink invited) {}

  /**
   * One page of all organisations, sorted by domain.
   *
   * @param search in names and domains
   */
  public ListView<OrganisationView> page(Search search, Paging paging) {
    List<OrganisationView> read =
        organisations.page(search, paging).stream().map(OrganisationView::of).toList();
    return new ListView<>(
        paging.cut(read),
        paging.page(
            read,
            row -> new Cursor(LIST, row.domain(), row.id()),
            paging.counted() ? organisations.count(search) : null));
  }

  /**
   * One organisation.
   *
   * @throws ProblemException 404
   */
  public OrganisationView get(OrganisationId id) {
    return organisations
        .byId(id)
        .filter(o -> !o.id().equals(Organisation.PLATFORM))
        .map(OrganisationView::of)
        .orElseThrow(PlatformOrganisations::absent);
  }

  /**
   * Creates an organisation and invites its first administrator.
   *
   * @throws ProblemException 409 when the domain or the address is taken; 422 naming the field
   */
  public Created create(String domain, String name, String administrator, Actor operator) {
    Organisation organisation = founding.found(domain, name, operator);
    IssuedLink invited =
        administrator(() -> founding.inviteAdministrator(organisation, administrator, operator));
    recordForPlatform(
        organisation, AuditAction.ORGANISATION_CREATED, Map.of("name", name), operator);
    return new Created(OrganisationView.of(organisation), invited);
  }

  /**
   * Invites another administrator. An administrator who has not joined yet is invited again.
   *
   * @throws ProblemException 404; 409 when the address has an account; 422 for the address
   */
  public IssuedLink invite(OrganisationId id, String administrator, Actor operator) {
    Organisation organisation = locked(id);
    IssuedLink invited =
        administrator(() -> founding.inviteAdministrator(organisation, administrator, operator));
    recordForPlatform(
        organisation,
        AuditAction.ADMINISTRATOR_INVITED,
        Map.of("email", invited.email()),
        operator);
    return invited;
  }

  /** The field's name is longer here than on the users page of a single organisation. */
  private static IssuedLink administrator(java.util.function.Supplier<IssuedLink> invitation) {
    try {
      return invitation.get();
    } catch (ProblemException e) {
      if (e.type() == ProblemType.INVALID) {
        throw ProblemException.invalid("administrator_email", e.errors().get(0).message());
      }
      throw e;
    }
  }

  /**
   * Renames an organisation.
   *
   * @throws ProblemException 404; 412; 422 for {@code name}
   */
  public OrganisationView rename(OrganisationId id, IfMatch versions, String name, Actor operator) {
    Organisation organisation = locked(id);
    versions.check(organisation.version());
    String line = OneLine.of("name", name, NewOrganisations.LONGEST_NAME);
    String before = organisation.name();
    if (!line.equals(before)) {
      organisation.rename(line);
      record(
          organisation,
          AuditAction.ORGANISATION_RENAMED,
          Map.of("from", before, "to", line),
          operator);
    }
    return written(organisation);
  }

  /**
   * Suspends an organisation: none of its people and keys is admitted, within a second on every
   * node. Does nothing for a suspended organisation. Its keys are still refreshed, so that no
   * secret outlives its promised time, and so that renewal clients work again after {@link
   * #resume}.
   *
   * @throws ProblemException 404; 422 for {@code reason}
   */
  public OrganisationView suspend(OrganisationId id, @Nullable String reason, Actor operator) {
    Organisation organisation = locked(id);
    Map<String, String> details =
        reason == null ? Map.of() : Map.of("reason", OneLine.of("reason", reason, 500));
    if (!organisation.suspended()) {
      organisation.suspend(clock.instant());
      record(organisation, AuditAction.ORGANISATION_SUSPENDED, details, operator);
    }
    return written(organisation);
  }

  /**
   * Admits a suspended organisation again. Does nothing for an organisation that is not suspended.
   *
   * @throws ProblemException 404
   */
  public OrganisationView resume(OrganisationId id, Actor operator) {
    Organisation organisation = locked(id);
    if (organisation.suspended()) {
      organisation.resume();
      webhooks.resumed(id);
      record(organisation, AuditAction.ORGANISATION_RESUMED, Map.of(), operator);
    }
    return written(organisation);
  }

  /** The organisation with its new version. */
  private OrganisationView written(Organisation organisation) {
    entities.flush();
    return OrganisationView.of(organisation);
  }

  private Organisation locked(OrganisationId id) {
    return organisations.lock(id).orElseThrow(PlatformOrganisations::absent);
  }

  static ProblemException absent() {
    return ProblemException.notFound("organisation");
  }

  private void record(
      Organisation organisation, AuditAction action, Map<String, String> details, Actor operator) {
    audit.append(organisation.id(), operator, action, subject(organisation), details);
    recordForPlatform(organisation, action, details, operator);
  }

  private void recordForPlatform(
      Organisation organisation, AuditAction action, Map<String, String> details, Actor operator) {
    audit.append(Organisation.PLATFORM, operator, action, subject(organisation), details);
  }

  static Subject subject(Organisation organisation) {
    return new Subject("organisation", organisation.id().value(), organisation.domain());
  }
}
