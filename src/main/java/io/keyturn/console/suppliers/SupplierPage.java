package io.keyturn.console.suppliers;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.audit.Actor;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.ReaderZone;
import io.keyturn.console.Reading;
import io.keyturn.http.Ids;
import io.keyturn.http.IfMatch;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Paging;
import io.keyturn.problem.ProblemException;
import io.keyturn.problem.ProblemType;
import io.keyturn.supplier.EntryView;
import io.keyturn.supplier.Hold;
import io.keyturn.supplier.Reference;
import io.keyturn.supplier.SupplierChangeView;
import io.keyturn.supplier.SupplierEdits;
import io.keyturn.supplier.SupplierFaults;
import io.keyturn.supplier.SupplierHistory;
import io.keyturn.supplier.SupplierStatus;
import io.keyturn.supplier.SupplierView;
import io.keyturn.supplier.Suppliers;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  /** How many changes are shown at first, and how many more each time. */
  private static final int CHANGES = 25;

  private static final int MORE_CHANGES = 100;

  @Inject private transient Suppliers suppliers;
  @Inject private transient SupplierEdits edits;
  @Inject private transient SupplierFaults faults;
  @Inject private transient SupplierHistory history;
  @Inject private transient SupplierChoices choices;
  @Inject private transient ReaderZone zone;
  @Inject private transient Clock clock;
  @Inject private transient CurrentUser current;
  private transient @Nullable SupplierView supplier;

  private final Reading<ListView<SupplierChangeView>> changes = new Reading<>();
  private String id = "";

  private int shownChanges = CHANGES;

  /** The version that the person has seen, and decides on. */
  private int version;

  /** The version with which the form began. */
  private int formVersion;

  private @Nullable SupplierFields fields;
  private boolean contested;
  private String reason = "";

  /** Reads the supplier that the address names. A supplier of another organisation is not found. */
  public void open() throws IOException {
    try {
      if (isNewcomer()) {
        current.require(Scope.SUPPLIERS_WRITE);
        fields = new SupplierFields(choices.frame());
      } else {
        Ids.inPath("supplier", id);
        fill(getSupplier());
      }
    } catch (ProblemException e) {
      refuse(e.type().status());
    }
  }

  private SupplierFields fill(SupplierView read) {
    supplier = read;
    version = read.version();
    formVersion = version;
    contested = false;
    SupplierFields filled = new SupplierFields(read, choices.frame());
    fields = filled;
    return filled;
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

  /** What waits with the supplier for now; null where nothing does. */
  public @Nullable Hold getHold() {
    return Optional.ofNullable(getSupplier().hold())
        .filter(hold -> hold.counts(clock.instant()))
        .orElse(null);
  }

  /** Whether the page is for a new supplier. */
  public boolean isNewcomer() {
    return id.isEmpty();
  }

  /**
   * Whether the person may change this supplier. What somebody has entered stays in sight also when
   * others have archived the supplier meanwhile.
   */
  public boolean isWrite() {
    return current.may(Scope.SUPPLIERS_WRITE) && (isNewcomer() || contested || !isArchived());
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
    return shownChanges().data();
  }

  /** Whether there are older changes than the shown changes. */
  public boolean isOlderChanges() {
    return !isNewcomer() && shownChanges().page().hasMore();
  }

  /** The button <b>Older changes</b>. The page stays, with what somebody has entered. */
  public void showOlderChanges() {
    shownChanges += MORE_CHANGES;
  }

  private ListView<SupplierChangeView> shownChanges() {
    current.require(Scope.SUPPLIERS_READ);
    return changes.get(() -> latest(shownChanges));
  }

  private ListView<SupplierChangeView> latest(int count) {
    return history.changes(reach(), uuid(), new Paging(count, null, false));
  }

  /** Who can look after the supplier, and who does already. */
  public List<EntryView> getOwners() {
    List<EntryView> people = new ArrayList<>(choices.getOwners());
    if (!isNewcomer()) {
      for (Reference owner : getSupplier().owners()) {
        String person = String.valueOf(owner.id());
        if (people.stream().noneMatch(one -> one.id().equals(person))) {
          people.add(new EntryView(person, String.valueOf(owner.name())));
        }
      }
    }
    return people;
  }

  private static IfMatch only(int version) {
    return new IfMatch(Optional.of(Set.of(Integer.toString(version))), false);
  }

  /** The button that adds a row to a list of the form. */
  public void addEntry() {
    current.require(Scope.SUPPLIERS_WRITE);
    EntryButtons.add(getFields(), FieldMessages.FORM);
  }

  /** The button that removes a row from a list of the form. */
  public void removeEntry() {
    current.require(Scope.SUPPLIERS_WRITE);
    EntryButtons.remove(getFields());
  }

  /** The button <b>Save</b>. */
  private void save() throws IOException {
    current.require(Scope.SUPPLIERS_WRITE);
    EntryButtons.choosePrimaries(getFields());
    if (isNewcomer()) {
      SupplierView created = edits.create(reach(), getFields().data(), current.actor());
      faces().getExternalContext().redirect("/supplier?id=" + created.id());
    } else {
      fill(edits.change(reach(), uuid(), only(formVersion), getFields().patch(), current.actor()));
      Messages.success(faces(), "\"%s\" was saved.", getSupplier().name());
    }
  }

  private void decide(String action) {
    current.require(action.equals("submit") ? Scope.SUPPLIERS_WRITE : Scope.SUPPLIERS_APPROVE);
    Actor actor = current.actor();
    String why = reason.isBlank() ? null : reason;
    IfMatch seen = only(version);
    SupplierView decided =
        switch (action) {
          case "submit" -> edits.submit(reach(), uuid(), seen, actor);
          case "approve" -> edits.approve(reach(), uuid(), seen, why, actor);
          case "reject" -> edits.reject(reach(), uuid(), seen, why, actor);
          case "archive" -> edits.archive(reach(), uuid(), seen, why, actor);
          case "unarchive" -> edits.unarchive(reach(), uuid(), seen, actor);
          default -> throw new IllegalArgumentException(action);
        };
    // A decision changes nothing that stands in the form.
    formVersion = formVersion == version ? decided.version() : formVersion;
    version = decided.version();
    supplier = decided;
    reason = "";
    Messages.success(faces(), "\"%s\" is %s now.", decided.name(), decided.status());
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
        tellMeanwhile(action.equals("save"));
        return;
      }
      List<ProblemException> all =
          action.equals("save") && FieldMessages.areFor(e)
              ? faults.of(reach(), isNewcomer() ? null : uuid(), getFields().patch())
              : List.of();
      // Nothing is left where the other supplier has given up its value in between.
      (all.isEmpty() ? List.of(e) : all).forEach(messages()::tell);
    }
  }

  private FieldMessages messages() {
    return new FieldMessages(faces(), getFields(), other -> suppliers.get(reach(), other));
  }

  /**
   * Says who has changed what since the person has seen the supplier. After <b>Save</b>, the form
   * goes on with the supplier as it is now, and with what the person has entered.
   */
  private void tellMeanwhile(boolean saving) {
    int seen = saving ? formVersion : version;
    // The change that led to a version has the number after it.
    List<SupplierChangeView> since =
        latest(Math.max(1, getSupplier().version() - seen)).data().stream()
            .filter(change -> change.number() > seen + 1)
            .toList();
    Messages.failure(faces(), "Nothing was saved: this supplier was changed meanwhile.");
    since.stream()
        .limit(CHANGES)
        .forEach(
            change ->
                Messages.failure(faces(), Meanwhile.sentence(change, zone.minute(change.at()))));
    if (since.size() > CHANGES) {
      Messages.failure(faces(), "Older changes are in the list below.");
    }
    if (saving) {
      SupplierFields entered = getFields();
      SupplierFields now = fill(getSupplier());
      Set<String> both = now.keep(entered);
      contested = !now.changed().isEmpty();
      Messages.failure(faces(), "What you entered is still there. Save again to keep it.");
      FieldMessages messages = messages();
      both.forEach(member -> messages.tell(member, Meanwhile.atField(member, since)));
    } else {
      version = getSupplier().version();
      Messages.failure(faces(), "Decide again, if you still want to.");
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

  /** The fields of the form. */
  public SupplierFields getFields() {
    return Objects.requireNonNull(fields);
  }

  public String getReason() {
    return reason;
  }

  public void setReason(@Nullable String reason) {
    this.reason = reason == null ? "" : reason;
  }
}
