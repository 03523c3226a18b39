package io.keyturn.supplier.file;

import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.csv.CsvFile;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.organisation.Organisations;
import io.keyturn.paging.Cursor;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The imports of an organisation. */
@ApplicationScoped
@Transactional
public class SupplierImports {
  /** The list and its order, as a cursor names it. */
  public static final String LIST = "supplier-imports/-created_at";

  /** The most imports of an organisation that are not finished. */
  static final int MOST_AT_ONCE = 2;

  /** Longer than a file may take to arrive. */
  private static final Duration LONGEST_ARRIVAL = Duration.ofMinutes(20);

  private static final Duration KEPT = Duration.ofDays(30);

  /** How long a file waits for its start. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  @Inject private Clock clock;
  @Inject private Organisations organisations;
  @Inject private AuditLog audit;
  @PersistenceContext private EntityManager entities;

  /**
   * The imports that somebody sees.
   *
   * @param only the key that sees its own imports only, for it is limited to locations; null for
   *     whoever sees all imports of the organisation
   */
  public record Seen(OrganisationId organisationId, @Nullable UUID only) {}

  /**
   * Begins an import, of which the file still arrives.
   *
   * @throws ProblemException 409 where too many files of the organisation arrive at once
   */
  UUID begin(
      OrganisationId organisationId,
      @Nullable String fileName,
      char separator,
      List<String> header,
      Actor actor) {
    Instant now = clock.instant();
    refuseMany(
        organisationId,
        "i.state = RECEIVING and i.createdAt > :since",
        Map.of("since", now.minus(LONGEST_ARRIVAL)));
    SupplierImport begun =
        new SupplierImport(organisationId, fileName, separator, header, actor, now);
    entities.persist(begun);
    return begun.id();
  }

  private void refuseMany(
      OrganisationId organisationId, String which, Map<String, Object> parameters) {
    organisations.lock(organisationId);
    TypedQuery<Long> query =
        entities
            .createQuery(
                "select count(i) from SupplierImport i where i.organisationId = :organisation and "
                    + which,
                Long.class)
            .setParameter("organisation", organisationId);
    parameters.forEach(query::setParameter);
    if (query.getSingleResult() >= MOST_AT_ONCE) {
      throw new ProblemException(
          ProblemType.CONFLICT,
          "The organisation has "
              + MOST_AT_ONCE
              + " imports that are not finished. Wait for them.");
    }
  }

  private void refuseManyRunning(OrganisationId organisationId) {
    refuseMany(organisationId, "i.state in (QUEUED, RUNNING)", Map.of());
  }

  /** Stores some rows of the file. */
  void store(OrganisationId organisationId, UUID id, int piece, List<CsvFile.Row> rows) {
    entities.persist(new ImportPiece(found(organisationId, id), piece, rows));
  }

  /**
   * Imports a file from now on.
   *
   * @throws ProblemException 409 where too many imports of the organisation are not finished
   */
  public SupplierImportView queue(OrganisationId organisationId, ImportBody.Received file) {
    refuseManyRunning(organisationId);
    SupplierImport received = found(organisationId, file.id());
    received.hold(file.rows(), file.pieces(), clock.instant());
    return queue(received, file.dryRun());
  }

  private SupplierImportView queue(SupplierImport held, boolean dryRun) {
    held.queue(dryRun, clock.instant());
    audit.append(
        held.organisationId(),
        held.actor(),
        AuditAction.SUPPLIER_IMPORT_STARTED,
        held.subject(),
        Map.of("rows", held.rowsTotal(), "dry_run", dryRun));
    return SupplierImportView.of(held);
  }

  /**
   * Keeps a file for a day until somebody starts it. Nobody has more than one such file.
   *
   * @return its id
   */
  public UUID hold(OrganisationId organisationId, ImportBody.Received file) {
    SupplierImport received = found(organisationId, file.id());
    delete("i.organisationId = :organisation and i.actorId = :actor and i.state = WAITING")
        .accept(
            Map.of(
                "organisation",
                organisationId,
                "actor",
                Objects.requireNonNull(received.actor().id())));
    received.hold(file.rows(), file.pieces(), clock.instant());
    return received.id();
  }

  /** A file that waits: its header, and its first rows. */
  record Waiting(List<String> header, List<CsvFile.Row> first) {}

  /**
   * A file that waits.
   *
   * @throws ProblemException 404; 409 where it does not wait
   */
  Waiting waiting(OrganisationId organisationId, UUID id) {
    SupplierImport held = held(organisationId, id);
    ImportPiece piece = entities.find(ImportPiece.class, new ImportPiece.Key(id, 0));
    return new Waiting(held.header(), Objects.requireNonNull(piece).rows());
  }

  private SupplierImport held(OrganisationId organisationId, UUID id) {
    SupplierImport held = found(organisationId, id, LockModeType.PESSIMISTIC_WRITE);
    if (held.state() != SupplierImport.State.WAITING) {
      throw new ProblemException(ProblemType.CONFLICT, "The import was started already.");
    }
    return held;
  }

  /**
   * Starts the import of a file that waits.
   *
   * @throws ProblemException 404; 409 where it does not wait, or too many imports of the
   *     organisation are not finished
   */
  public SupplierImportView start(OrganisationId organisationId, UUID id) {
    SupplierImport held = held(organisationId, id);
    refuseManyRunning(organisationId);
    return queue(held, false);
  }

  /** Forgets an import that was not queued. */
  public void discard(OrganisationId organisationId, UUID id) {
    delete("i.organisationId = :organisation and i.id = :id and i.state in (RECEIVING, WAITING)")
        .accept(Map.of("organisation", organisationId, "id", id));
  }

  /** Forgets what is older than 30 days, and files that did not arrive. */
  void forget() {
    Instant now = clock.instant();
    delete("i.finishedAt < :before").accept(Map.of("before", now.minus(KEPT)));
    delete("i.state = RECEIVING and i.createdAt < :before")
        .accept(Map.of("before", now.minus(LONGEST_ARRIVAL)));
    delete("i.state = WAITING and i.createdAt < :before")
        .accept(Map.of("before", now.minus(LONGEST_WAIT)));
  }

  private java.util.function.Consumer<Map<String, Object>> delete(String which) {
    return parameters -> {
      for (String jpql :
          List.of(
              "delete from ImportPiece p where p.importId in"
                  + " (select i.id from SupplierImport i where "
                  + which
                  + ")",
              "delete from SupplierImport i where " + which)) {
        var query = entities.createQuery(jpql);
        parameters.forEach(query::setParameter);
        query.executeUpdate();
      }
    };
  }

  /** A page, the newest first. */
  public ListView<SupplierImportView> page(Seen seen, Paging paging) {
    Cursor after = paging.after();
    String from =
        " from SupplierImport i where i.organisationId = :organisation"
            + (seen.only() == null ? "" : " and i.actorId = :only");
    TypedQuery<SupplierImport> query =
        by(
            seen,
            entities.createQuery(
                "select i"
                    + from
                    + (after == null
                        ? ""
                        : " and i.createdAt <= :at and (i.createdAt < :at or i.id < :id)")
                    + " order by i.createdAt desc, i.id desc",
                SupplierImport.class));
    if (after != null) {
      query.setParameter("at", after.time()).setParameter("id", after.id());
    }
    List<SupplierImportView> read =
        query.setMaxResults(paging.fetch()).getResultList().stream()
            .map(SupplierImportView::of)
            .toList();
    Long total =
        paging.counted()
            ? by(seen, entities.createQuery("select count(i)" + from, Long.class)).getSingleResult()
            : null;
    return new ListView<>(
        paging.cut(read),
        paging.page(read, i -> new Cursor(LIST, i.createdAt().toString(), i.id()), total));
  }

  private static <T> TypedQuery<T> by(Seen seen, TypedQuery<T> query) {
    query.setParameter("organisation", seen.organisationId());
    return seen.only() == null ? query : query.setParameter("only", seen.only());
  }

  /**
   * An import.
   *
   * @throws ProblemException 404
   */
  public SupplierImportView get(Seen seen, UUID id) {
    return SupplierImportView.of(found(seen, id));
  }

  /**
   * What its file of rejected rows begins with.
   *
   * @throws ProblemException 404; 409 while it is not finished
   */
  ImportResult.Head head(Seen seen, UUID id) {
    SupplierImport found = found(seen, id);
    if (!found.finished()) {
      throw new ProblemException(
          ProblemType.CONFLICT, "The import is not finished. Ask for its state first.");
    }
    return new ImportResult.Head(found.header(), found.separator());
  }

  /** The rejected rows of the first piece from a number on; null after the last piece. */
  ImportResult.@Nullable Part rejected(Seen seen, UUID id, int from) {
    ImportPiece piece =
        entities
            .createQuery(
                "select p from ImportPiece p where p.importId = :id and p.number >= :from"
                    + " and p.number < :end and p.content is not null order by p.number",
                ImportPiece.class)
            .setParameter("id", id)
            .setParameter("from", from)
            .setParameter("end", found(seen, id).nextPiece())
            .setMaxResults(1)
            .getResultList()
            .stream()
            .findFirst()
            .orElse(null);
    return piece == null ? null : new ImportResult.Part(piece.number(), piece.rejected());
  }

  private SupplierImport found(Seen seen, UUID id) {
    SupplierImport found = found(seen.organisationId(), id);
    if (seen.only() != null && !seen.only().equals(found.actor().id())) {
      throw ProblemException.notFound("import");
    }
    return found;
  }

  private SupplierImport found(OrganisationId organisationId, UUID id) {
    return found(organisationId, id, LockModeType.NONE);
  }

  private SupplierImport found(OrganisationId organisationId, UUID id, LockModeType lock) {
    SupplierImport found = entities.find(SupplierImport.class, id, lock);
    if (found == null || !found.organisationId().equals(organisationId)) {
      throw ProblemException.notFound("import");
    }
    return Objects.requireNonNull(found);
  }
}
