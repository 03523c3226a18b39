package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.Reading;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.paging.Search;
import io.keyturn.problem.FieldError;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.supplier.SupplierChangeView;
import io.keyturn.supplier.SupplierEdits;
import io.keyturn.supplier.SupplierHistory;
import io.keyturn.supplier.SupplierStatus;
import io.keyturn.supplier.SupplierView;
import io.keyturn.supplier.Suppliers;
import io.keyturn.supplier.UnitKind;
import io.keyturn.supplier.UnitView;
import io.keyturn.supplier.Units;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** {@code /supplier}: a supplier, its decisions and its changes; without an id, a new supplier. */
@Named
@ViewScoped(saveInViewState = true)
public class SupplierPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final int CHANGES = 25;

  /** As many locations as the form can show. */
  private static final int LOCATIONS = 100;

  @Inject private transient Suppliers suppliers;
  @Inject private transient SupplierEdits edits;
  @Inject private transient SupplierHistory history;
  @Inject private transient Units units;
  @Inject private transient CurrentUser current;
  private transient @Nullable SupplierView supplier;

  private final Reading<ListView<UnitView>> locations = new Reading<>();
  private final Reading<List<SupplierChangeView>> changes = new Reading<>();
  private String id = "";
  private int version;
  private SupplierFields fields = new SupplierFields();
  private String reason = "";

  /** Reads the supplier that the address names. A supplier of another organisation is not found. */
  public void open() throws IOException {
    try {
      if (isNewcomer()) {
        current.require(Scope.SUPPLIERS_WRITE);
      } else {
        Ids.inPath("supplier", id);
        fill(getSupplier());
      }
    } catch (ProblemException e) {
      faces().getExternalContext().responseSendError(e.type().status(), "");
      faces().responseComplete();
    }
  }

  private void fill(SupplierView read) {
    supplier = read;
    version = read.version();
    fields = new SupplierFields(read, !units().page().hasMore());
  }

  private Reach reach() {
    return Reach.all(current.organisation().id());
  }

  private UUID uuid() {
    return UUID.fromString(id);
  }

  /** The supplier as it is now. */
  public SupplierView getSupplier() {
    current.require(Scope.SUPPLIERS_READ);
    SupplierView read = supplier;
    if (read == null) {
      read = suppliers.get(reach(), uuid());
      supplier = read;
    }
    return read;
  }

  /** Whether the page is for a new supplier. */
  public boolean isNewcomer() {
    return id.isEmpty();
  }

  /** Whether the person may change this supplier. */
  public boolean isWrite() {
    return current.may(Scope.SUPPLIERS_WRITE)
        && (isNewcomer() || !is(Set.of(SupplierStatus.ARCHIVED)));
  }

  private boolean is(Set<SupplierStatus> statuses) {
    return SupplierStatus.of(getSupplier().status()).filter(statuses::contains).isPresent();
  }

  /** Whether the person may decide on this supplier. */
  public boolean isDecide() {
    return !isNewcomer() && current.may(Scope.SUPPLIERS_APPROVE);
  }

  /** Whether there is something to decide. */
  public boolean isUndecided() {
    return is(Set.of(SupplierStatus.UNAPPROVED));
  }

  /** Whether the person can ask for the supplier's approval. */
  public boolean isSubmittable() {
    return !isNewcomer()
        && current.may(Scope.SUPPLIERS_WRITE)
        && (is(Set.of(SupplierStatus.REJECTED))
            || (isUndecided()
                && Optional.ofNullable(getSupplier().approval())
                    .filter(approval -> approval.requestedAt() != null)
                    .isEmpty()));
  }

  public boolean isArchived() {
    return is(Set.of(SupplierStatus.ARCHIVED));
  }

  /** What was done to the supplier, the newest first. */
  public List<SupplierChangeView> getChanges() {
    current.require(Scope.SUPPLIERS_READ);
    return changes.get(
        () -> history.changes(reach(), uuid(), new Paging(CHANGES, null, false)).data());
  }

  private ListView<UnitView> units() {
    return locations.get(
        () ->
            units.list(
                reach(), UnitKind.LOCATION, Search.of(""), new Paging(LOCATIONS, null, false)));
  }

  /** The locations to choose from. */
  public List<UnitView> getLocations() {
    return units().data();
  }

  private IfMatch version() {
    return new IfMatch(Optional.of(Set.of(Integer.toString(version))), false);
  }

  /** The button <b>Save</b>. */
  private void save() throws IOException {
    current.require(Scope.SUPPLIERS_WRITE);
    if (isNewcomer()) {
      SupplierView created = edits.create(reach(), fields.data(), current.actor());
      faces().getExternalContext().redirect("/supplier?id=" + created.id());
    } else {
      fill(edits.change(reach(), uuid(), version(), fields.patch(), current.actor()));
      Messages.success(faces(), "\"%s\" was saved.", getSupplier().name());
    }
  }

  private void decide(String action) {
    current.require(action.equals("submit") ? Scope.SUPPLIERS_WRITE : Scope.SUPPLIERS_APPROVE);
    Actor actor = current.actor();
    String why = reason.isBlank() ? null : reason;
    fill(
        switch (action) {
          case "submit" -> edits.submit(reach(), uuid(), version(), actor);
          case "approve" -> edits.approve(reach(), uuid(), version(), why, actor);
          case "reject" -> edits.reject(reach(), uuid(), version(), why, actor);
          case "archive" -> edits.archive(reach(), uuid(), version(), why, actor);
          case "unarchive" -> edits.unarchive(reach(), uuid(), version(), actor);
          default -> throw new IllegalArgumentException(action);
        });
    reason = "";
    Messages.success(faces(), "\"%s\" is %s now.", getSupplier().name(), getSupplier().status());
  }

  /** Performs an action of this page. A problem becomes a message at its field. */
  public void attempt(String action) throws IOException {
    try {
      if (action.equals("save")) {
        save();
      } else {
        decide(action);
      }
    } catch (ProblemException e) {
      supplier = null;
      if (e.type() == ProblemType.PRECONDITION_FAILED) {
        Messages.failure(
            faces(),
            "Nothing was saved: somebody else has changed this supplier meanwhile. Open the page"
                + " again to see the change.");
        return;
      }
      for (FieldError error : e.errors()) {
        String field = error.field().replaceAll("[^a-z_].*", "").replace('_', '-');
        Messages.atField(
            faces(), (field.equals("reason") ? "decision:" : "data:") + field, error.message());
      }
      if (e.errors().isEmpty()) {
        Messages.failure(faces(), e.detail());
      }
    }
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }

  public String getId() {
    return id;
  }

  public void setId(@Nullable String id) {
    this.id = id == null ? "" : id;
  }

  public SupplierFields getFields() {
    return fields;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = reason == null ? "" : reason;
  }
}
