package io.keyturn.supplier;

import io.keyturn.access.LocationLimit;
import io.keyturn.access.Reach;
import io.keyturn.apikey.KeyLimited;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditLog;
import io.keyturn.audit.Subject;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The locations and departments of an organisation, to which its suppliers refer. */
@ApplicationScoped
@Transactional
public class Units {
  private static final int LONGEST = 200;

  @Inject private AuditLog audit;
  @Inject private SupplierRegisters registers;
  @PersistenceContext private EntityManager entities;

  /**
   * A page, by name.
   *
   * @param name a part of the names
   * @param paging with a cursor of {@link UnitKind#list}
   * @throws ProblemException 422 for an invalid cursor
   */
  public <T extends Unit> ListView<UnitView> list(
      Reach reach, UnitKind<T> kind, Search name, Paging paging) {
    UnitQuery<T> query = new UnitQuery<>(entities, reach, kind);
    List<T> read = query.page(name, paging);
    return new ListView<>(
        paging.cut(read).stream().map(UnitView::of).toList(),
        paging.page(read, query::behind, paging.counted() ? query.count(name) : null));
  }

  /** The location or department with this id, or this name in any case; null when there is none. */
  public <T extends Unit> @Nullable UUID named(Reach reach, UnitKind<T> kind, String idOrName) {
    return new UnitQuery<>(entities, reach, kind).find(idOrName).orElse(null);
  }

  /**
   * Creates a location or department.
   *
   * @throws ProblemException 403 for a key that is limited to locations; 409 naming another with
   *     this name; 422 for an unfit name
   */
  public <T extends Unit> UnitView create(
      Reach reach, UnitKind<T> kind, @Nullable String sent, Actor actor) {
    SupplierReach.refuseShared(reach);
    OrganisationId organisationId = reach.organisationId();
    String name = name(sent);
    registers.lock(organisationId);
    refuseTaken(organisationId, kind, name, null);
    T unit = kind.create().apply(organisationId, name);
    entities.persist(unit);
    audit.append(
        organisationId, actor, kind.created(), new Subject(kind.noun(), unit.id(), name), Map.of());
    return UnitView.of(unit);
  }

  /**
   * Gives a location or department another name.
   *
   * @throws ProblemException 403 as for {@link #create}; 404; 409 naming another with this name;
   *     422 for an unfit name
   */
  public <T extends Unit> UnitView rename(
      Reach reach, UnitKind<T> kind, UUID id, @Nullable String sent, Actor actor) {
    OrganisationId organisationId = reach.organisationId();
    registers.lock(organisationId);
    T unit = new UnitQuery<>(entities, reach, kind).byId(id);
    if (unit == null) {
      throw ProblemException.notFound(kind.noun());
    }
    SupplierReach.refuseShared(reach);
    String name = name(sent);
    String before = unit.name();
    if (!name.equals(before)) {
      refuseTaken(organisationId, kind, name, id);
      unit.rename(name);
      audit.append(
          organisationId,
          actor,
          kind.renamed(),
          new Subject(kind.noun(), id, name),
          Map.of("before", before));
    }
    return UnitView.of(unit);
  }

  /**
   * The limit to locations that a person names.
   *
   * @param idsOrNames none: no limit
   * @throws ProblemException 422 naming {@code restrict.locations}
   */
  public LocationLimit limit(OrganisationId organisationId, List<String> idsOrNames) {
    UnitQuery<Location> locations =
        new UnitQuery<>(entities, Reach.all(organisationId), UnitKind.LOCATION);
    List<UUID> ids = new ArrayList<>();
    for (String idOrName : idsOrNames) {
      ids.add(
          locations
              .find(idOrName)
              .orElseThrow(
                  () ->
                      ProblemException.invalid(
                          "restrict.locations",
                          "names " + idOrName + ", which is not a location")));
    }
    return ids.isEmpty() ? LocationLimit.NONE : LocationLimit.to(ids);
  }

  /** The names of the locations of a limit; the id of one that is no longer there. */
  public List<String> names(OrganisationId organisationId, LocationLimit limit) {
    UnitQuery<Location> locations =
        new UnitQuery<>(entities, Reach.all(organisationId), UnitKind.LOCATION);
    return limit.ids().stream()
        .map(id -> Optional.ofNullable(locations.byId(id)).map(Unit::name).orElse(id.toString()))
        .sorted()
        .toList();
  }

  /**
   * Refuses to limit a key to what is no location.
   *
   * @throws ProblemException 422 naming {@code restrict.locations}
   */
  void known(@Observes KeyLimited limited) {
    UnitQuery<Location> locations =
        new UnitQuery<>(entities, Reach.all(limited.organisationId()), UnitKind.LOCATION);
    for (UUID id : limited.limit().ids()) {
      if (locations.byId(id) == null) {
        throw ProblemException.invalid(
            "restrict.locations", "names " + id + ", which is not the id of a location");
      }
    }
  }

  private static String name(@Nullable String sent) {
    TextChecks checks = new TextChecks();
    String name = checks.required("name", sent, LONGEST);
    checks.done();
    return name;
  }

  private <T extends Unit> void refuseTaken(
      OrganisationId organisationId, UnitKind<T> kind, String name, @Nullable UUID self) {
    new UnitQuery<>(entities, Reach.all(organisationId), kind)
        .byName(name).stream()
            .filter(other -> !other.id().equals(self))
            .findFirst()
            .ifPresent(
                other -> {
                  throw ProblemException.taken(
                          "name",
                          "The " + kind.noun() + " " + other.id() + " has the same name already.")
                      .member("id", other.id().toString());
                });
  }
}
