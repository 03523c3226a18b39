package io.keyturn.console.settings;

import io.keyturn.access.Reach;
import io.keyturn.access.Scope;
import io.keyturn.console.CursorListing;
import io.keyturn.console.Messages;
import io.keyturn.console.PageState;
import io.keyturn.console.Reading;
import io.keyturn.paging.ListView;
import io.keyturn.paging.Search;
import io.keyturn.problem.ProblemException;
import io.keyturn.supplier.Unit;
import io.keyturn.supplier.UnitKind;
import io.keyturn.supplier.UnitView;
import io.keyturn.supplier.Units;
import io.keyturn.user.signin.CurrentUser;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.omnifaces.cdi.ViewScoped;

/** {@code /settings/locations}: the organisation's locations, or its departments. */
@Named
@ViewScoped(saveInViewState = true)
public class LocationsPage extends PageState {
  private static final long serialVersionUID = 1L;
  private static final String PATH = "/settings/locations";
  private static final String DEPARTMENTS = "departments";

  @Inject private transient Units units;
  @Inject private transient CurrentUser current;

  private final CursorListing<UnitView> list = new CursorListing<>(PATH);
  private final Reading<ListView<UnitView>> reading = new Reading<>();
  private String kind = "";
  private @Nullable UUID edited;
  private String name = "";

  private UnitKind<? extends Unit> kind() {
    return isDepartments() ? UnitKind.DEPARTMENT : UnitKind.LOCATION;
  }

  private Reach reach() {
    current.require(Scope.SUPPLIERS_WRITE);
    return Reach.all(current.organisation().id());
  }

  /** The locations or departments that the address names, by name. */
  public List<UnitView> getUnits() {
    Reach reach = reach();
    try {
      list.show(reading.get(() -> read(reach, kind())));
    } catch (ProblemException e) {
      Messages.failure(faces(), e.detail());
    }
    return list.getRows();
  }

  private <T extends Unit> ListView<UnitView> read(Reach reach, UnitKind<T> of) {
    return units.list(reach, of, Search.of(list.given("name", "")), list.paging(of.list()));
  }

  /** The button <b>Add</b>, or <b>Save</b> where a name is being changed. */
  public void save() {
    UUID id = edited;
    try {
      UnitView saved =
          id == null
              ? units.create(reach(), kind(), name, current.actor())
              : units.rename(reach(), kind(), id, name, current.actor());
      Messages.success(faces(), "\"%s\" was saved.", saved.name());
      cancel();
      reading.forget();
    } catch (ProblemException e) {
      e.messageAt("name")
          .ifPresentOrElse(
              wrong -> Messages.atField(faces(), "editor:name", wrong),
              () -> Messages.failure(faces(), e.detail()));
    }
  }

  /** The button <b>Rename</b> of a row. */
  public void rename() {
    UUID id = PressedRow.id(getNoun());
    getUnits().stream()
        .filter(unit -> unit.id().equals(id))
        .findFirst()
        .ifPresent(
            unit -> {
              edited = id;
              name = unit.name();
            });
  }

  /** The button <b>Cancel</b>. */
  public void cancel() {
    edited = null;
    name = "";
  }

  /** Whether the page shows departments. */
  public boolean isDepartments() {
    return kind.equals(DEPARTMENTS);
  }

  /** What the page shows one of. */
  public String getNoun() {
    return kind().noun();
  }

  /** The part of the list that the page shows. */
  public CursorListing<UnitView> getList() {
    return list;
  }

  /** Whether a name is being changed. */
  public boolean isRenaming() {
    return edited != null;
  }

  public String getKind() {
    return kind;
  }

  public void setKind(@Nullable String kind) {
    this.kind = kind == null ? "" : kind;
    list.getChosen().put("kind", isDepartments() ? DEPARTMENTS : null);
  }

  public String getName() {
    return name;
  }

  public void setName(@Nullable String name) {
    this.name = name == null ? "" : name;
  }

  private static FacesContext faces() {
    return FacesContext.getCurrentInstance();
  }
}
