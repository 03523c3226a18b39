package io.keyturn.supplier.file;

import io.keyturn.access.Scope;
import io.keyturn.apikey.ActorRights;
import io.keyturn.audit.Actor;
import io.keyturn.audit.AuditAction;
import io.keyturn.audit.AuditLog;
import io.keyturn.csv.CsvFile;
import io.keyturn.database.SkipLocked;
import io.keyturn.organisation.OrganisationId;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.SupplierBatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Imports files piece by piece. The suppliers of a piece, their history, the rejected rows and the
 * progress are one transaction, which locks the import. So nodes share the work, and a piece is
 * imported once, whenever a node ends.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class ImportWork {
  @Inject private Clock clock;
  @Inject private ActorRights rights;
  @Inject private SupplierBatch batch;
  @Inject private RowWishes wishes;
  @Inject private AuditLog audit;
  @PersistenceContext private EntityManager entities;

  /** A piece could not be written. The import waits at it. */
  static final class PieceFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ImportPiece.Key piece;

    PieceFailure(ImportPiece.Key piece, RuntimeException cause) {
      super(
          "piece " + piece.number() + " of the import " + piece.importId() + " was not written",
          cause);
      this.piece = piece;
    }

    ImportPiece.Key piece() {
      return piece;
    }
  }

  /**
   * Imports a piece of the import that has waited longest.
   *
   * @return whether there was one
   */
  boolean step() {
    List<SupplierImport> free =
        SkipLocked.in(
                entities
                    .createQuery(
                        "select i from SupplierImport i where i.state in (QUEUED, RUNNING)"
                            + " and not exists (select 1 from Organisation o"
                            + " where o.id = i.organisationId and o.suspendedAt is not null)"
                            + " order by i.touchedAt",
                        SupplierImport.class)
                    .setMaxResults(1))
            .getResultList();
    if (free.isEmpty()) {
      return false;
    }
    SupplierImport next = free.get(0);
    var piece = new ImportPiece.Key(next.id(), next.nextPiece());
    try {
      step(next);
      entities.flush();
    } catch (RuntimeException e) {
      throw new PieceFailure(piece, e);
    }
    return true;
  }

  private void step(SupplierImport next) {
    Actor actor = next.actor();
    ActorRights.Rights now =
        rights.of(next.organisationId(), actor.type(), Objects.requireNonNull(actor.id()));
    if (!now.scopes().contains(Scope.SUPPLIERS_WRITE)) {
      stop(next, actor.name() + " may no longer write suppliers.");
      return;
    }
    ImportPiece piece =
        Objects.requireNonNull(
            entities.find(ImportPiece.class, new ImportPiece.Key(next.id(), next.nextPiece())));
    List<CsvFile.Row> rows = piece.rows();
    List<SupplierBatch.Result> results =
        batch.write(now.reach(), wishes.of(next.header(), now.reach(), rows), actor, next.dryRun());
    List<PieceText.Rejected> rejected = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      ProblemException problem = results.get(i).problem();
      if (problem != null) {
        rejected.add(new PieceText.Rejected(rows.get(i), RowWishes.reason(problem)));
      }
    }
    piece.done(rejected);
    next.done(results.stream().map(SupplierBatch.Result::outcome).toList(), clock.instant());
    if (next.finished()) {
      recordEnd(next);
    }
  }

  /**
   * Notes that a piece could not be written. After some times the import is stopped, so that it
   * does not hold up others. Where another node has written the piece meanwhile, nothing is noted.
   */
  void failed(ImportPiece.Key piece) {
    SupplierImport failed =
        entities.find(SupplierImport.class, piece.importId(), LockModeType.PESSIMISTIC_WRITE);
    if (failed != null
        && !failed.finished()
        && failed.nextPiece() == piece.number()
        && failed.failed(clock.instant())) {
      stop(
          failed,
          "The rows after row "
              + failed.rowsRead()
              + " could not be written because of an internal error.");
    }
  }

  private void stop(SupplierImport one, String why) {
    one.stop(why, clock.instant());
    recordEnd(one);
  }

  private void recordEnd(SupplierImport one) {
    OrganisationId organisationId = one.organisationId();
    SupplierImportView view = SupplierImportView.of(one);
    audit.append(
        organisationId,
        one.actor(),
        AuditAction.SUPPLIER_IMPORT_FINISHED,
        one.subject(),
        Map.of(
            "state", view.state(),
            "rows", view.rows(),
            "created", view.created(),
            "updated", view.updated(),
            "unchanged", view.unchanged(),
            "rejected", view.rejected(),
            "dry_run", view.dryRun()));
  }
}
